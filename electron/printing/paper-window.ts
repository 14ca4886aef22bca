import { once } from 'node:events'
import { BrowserWindow, type Session, session } from 'electron'
import { type PaperProtocol, paperOrigin } from './paper-protocol.ts'

/** In memory only: nothing of a paper is left on the disk. */
const partition = 'papers'

/** A session that reaches nothing but papers. */
export function openPaperSession(papers: PaperProtocol): Session {
  const own = session.fromPartition(partition, { cache: false })
  own.protocol.handle('desk', (request) => papers.handle(request) ?? new Response(null, { status: 404 }))
  own.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !details.url.startsWith(`${paperOrigin}/`) }))
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  own.setPermissionCheckHandler(() => false)
  own.on('will-download', (event) => event.preventDefault())
  return own
}

/** A window nobody sees, in which papers are laid out. */
export function openPaperWindow(own: Session): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    width: 560,
    height: 794,
    skipTaskbar: true,
    focusable: false,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      webgl: false,
      spellcheck: false,
      backgroundThrottling: false,
      devTools: false,
    },
  })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.webContents.on('will-navigate', (event) => event.preventDefault())
  return window
}

/** Loads a page to its very end: a second load begun before the first has stopped is taken for a failed one. */
export async function loadPage(window: BrowserWindow, url: string): Promise<void> {
  await window.loadURL(url)
  if (window.webContents.isLoading()) await once(window.webContents, 'did-stop-loading')
}

/** Our own world beside the page's: scripts of the page stay switched off. */
const ownWorld = 999

/**
 * A page may count as loaded before its fonts are there, and would then be printed without its text.
 * Run in an isolated world, because a page without scripts can tell of its fonts in no other way.
 */
export async function loadFonts({ webContents }: BrowserWindow): Promise<void> {
  const code = 'Promise.all([...document.fonts].map((font) => font.load())).then(() => true)'
  await webContents.executeJavaScriptInIsolatedWorld(ownWorld, [{ code }])
}
