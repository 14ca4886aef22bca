import { contextBridge, ipcRenderer } from 'electron'
import { callChannel, type DeskBridge, hintChannel } from '../shared/ipc/bridge.ts'
import type { HintTopic } from '../shared/ipc/contract.ts'

/** The page's only way out of its sandbox. */
const bridge: DeskBridge = {
  call: (channel, input) => ipcRenderer.invoke(callChannel, channel, input),
  onHint(listener) {
    const forward = (_event: unknown, topic: HintTopic) => listener(topic)
    ipcRenderer.on(hintChannel, forward)
    return () => ipcRenderer.off(hintChannel, forward)
  },
}

contextBridge.exposeInMainWorld('desk', bridge)
