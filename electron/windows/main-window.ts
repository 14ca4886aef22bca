/// <reference types="electron-vite/node" />
import path from 'node:path'
import { app, BrowserWindow, type WebFrameMain } from 'electron'
import { reopenedMark } from '../../shared/ipc/bridge.ts'
import { appOrigin } from './app-protocol.ts'
import icon from './icon/icon.png?asset'

/** Vite's address while developing; a packaged app knows no other page than its own. */
function pageUrl(): string {
  const development = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  return development ?? `${appOrigin}/index.html`
}

export function openMainWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 600,
    show: false,
    useContentSize: true,
    autoHideMenuBar: true,
    backgroundColor: '#eef2f5',
    title: 'Một cửa',
    icon,
    webPreferences: {
      preload: path.join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      v8CacheOptions: 'bypassHeatCheck',
    },
  })
  window.removeMenu()
  window.once('ready-to-show', () => window.show())
  void window.loadURL(pageUrl())
  return window
}

/** A page that dies at once, again and again, is given time for what kills it to pass. */
const reopenPauseMs = 500
const quickDeathMs = 3_000

/**
 * A page whose process died is opened again in the same window, still signed in: everything saved is with main, and so
 * are drafts up to the last second.
 */
export function reopenPage(window: BrowserWindow, report: (reason: string) => void): void {
  let openedAt = Date.now()
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    report(reason)
    const pauseMs = Date.now() - openedAt < quickDeathMs ? reopenPauseMs : 0
    setTimeout(() => {
      if (window.isDestroyed()) return
      openedAt = Date.now()
      loadAgain(window)
    }, pauseMs)
  })
}

/** The page anew in the same window; its address tells it to say so. */
export function loadAgain(window: BrowserWindow): void {
  window.loadURL(`${pageUrl()}?${reopenedMark}`).catch(() => undefined)
}

/** How long the page gets to hand over a draft's last keys before its window goes. */
export const lastKeysMs = 350

/** Closing asks the page first, so that what was typed within the last second is not lost. */
export function closeGently(window: BrowserWindow, announce: () => void): void {
  let announced = false
  window.on('close', (event) => {
    if (announced) return
    announced = true
    event.preventDefault()
    announce()
    setTimeout(() => {
      if (!window.isDestroyed()) window.close()
    }, lastKeysMs)
  })
}

/** True only for the top frame of the desk's own page. */
export function isDeskFrame(window: BrowserWindow | undefined, frame: WebFrameMain | null): boolean {
  if (!window || window.isDestroyed() || !frame || frame !== window.webContents.mainFrame) return false
  // Schemes of our own have the origin "null", as `data:` has: only scheme and host tell.
  const [own, asking] = [new URL(pageUrl()), new URL(frame.url)]
  return asking.protocol === own.protocol && asking.host === own.host
}
