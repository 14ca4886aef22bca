import { randomUUID } from 'node:crypto'
import { BrowserWindow, session } from 'electron'
import type { scanMediaTypes } from '../../shared/domain/submitted-document.ts'

const partition = 'scans'
const origin = 'desk://scan'
const shown = new Map<string, { readonly mediaType: string; readonly content: Buffer }>()
let ready = false

/** Shows one scan in a window of its own, from memory: nothing of it is written anywhere. */
export function openScanWindow(
  scan: { readonly mediaType: (typeof scanMediaTypes)[number]; readonly name: string; readonly content: Buffer },
  parent: BrowserWindow,
): void {
  prepareSession()
  const place = `/${randomUUID()}`
  shown.set(place, scan)
  const window = new BrowserWindow({
    parent,
    width: 900,
    height: 720,
    autoHideMenuBar: true,
    title: scan.name,
    webPreferences: {
      partition,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      plugins: true,
      spellcheck: false,
    },
  })
  window.removeMenu()
  window.on('page-title-updated', (event) => event.preventDefault())
  window.on('closed', () => shown.delete(place))
  window.webContents.on('before-input-event', (_event, input) => {
    if (input.type === 'keyDown' && input.key === 'Escape') window.close()
  })
  void window.loadURL(`${origin}${place}`)
}

function prepareSession(): void {
  if (ready) return
  ready = true
  const own = session.fromPartition(partition, { cache: false })
  own.protocol.handle('desk', (request) => {
    const { host, pathname } = new URL(request.url)
    const scan = host === 'scan' ? shown.get(pathname) : undefined
    if (!scan) return new Response(null, { status: 404 })
    const headers = {
      'content-type': scan.mediaType,
      'content-security-policy':
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'self'; plugin-types application/pdf",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    }
    return new Response(new Uint8Array(scan.content), { headers })
  })
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  own.setPermissionCheckHandler(() => false)
  // A scan on the disk is a scan in the open.
  own.on('will-download', (event) => event.preventDefault())
  own.webRequest.onBeforeRequest((details, answer) => {
    const allowed =
      details.url.startsWith(`${origin}/`) ||
      details.url.startsWith('chrome-extension://') ||
      details.url.startsWith('chrome://')
    answer({ cancel: !allowed })
  })
}
