// caught by: nothing
import { ipcRenderer } from 'electron'

void ipcRenderer.invoke('allowed-here')
