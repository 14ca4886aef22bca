import { setTimeout as wait } from 'node:timers/promises'
import type { BrowserWindow } from 'electron'
import { lastKeysMs, loadAgain } from './main-window.ts'

/**
 * Deletes the page's IndexedDB: it holds nothing but what journal and drafts tell again. Chromium keeps refusing the page
 * that met the damaged files, so the page is opened anew. Once in a run of the app: where that does not help, doing it
 * again and again would only take the screen away.
 *
 * @param announce tells the page to hand over a draft's last keys
 * @returns whether it was done
 */
export function createPageStoreClearing(
  findWindow: () => BrowserWindow | undefined,
  announce: () => void,
): () => Promise<boolean> {
  let tried = false
  return async () => {
    const window = findWindow()
    if (tried || !window) return false
    tried = true
    announce()
    await wait(lastKeysMs)
    await window.webContents.session.clearStorageData({ storages: ['indexdb'] })
    if (!window.isDestroyed()) loadAgain(window)
    return true
  }
}
