import { randomUUID } from 'node:crypto'
import { BrowserWindow, type Session, session } from 'electron'
import type { scanMediaTypes } from '../../shared/domain/submitted-document.ts'

/** A scan or a finished paper, to be looked at. */
export interface ShownDocument {
  readonly mediaType: (typeof scanMediaTypes)[number]
  readonly name: string
  readonly content: Buffer
}

/** Chromium's PDF viewer does not run in a session that is kept in memory only; without a cache this one keeps no content. */
const partition = 'persist:documents'
const origin = 'desk://document'
/** Chromium's own PDF viewer lives at these. */
const viewerOrigins = ['chrome-extension://', 'chrome://', 'chrome-untrusted://']
const shown = new Map<string, ShownDocument>()
let own: Session | undefined

/** Shows a document in a window of its own, from memory: nothing of it is written anywhere. Esc closes it. */
export function openDocumentWindow(document: ShownDocument, parent: BrowserWindow): void {
  own ??= openDocumentSession()
  const place = `/${randomUUID()}`
  shown.set(place, document)
  const window = new BrowserWindow({
    parent,
    width: 900,
    height: 720,
    autoHideMenuBar: true,
    title: document.name,
    webPreferences: {
      session: own,
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

function openDocumentSession(): Session {
  const documents = session.fromPartition(partition, { cache: false })
  documents.protocol.handle('desk', (request) => {
    const { host, pathname } = new URL(request.url)
    const document = host === 'document' ? shown.get(pathname) : undefined
    if (!document) return new Response(null, { status: 404 })
    const headers = {
      'content-type': document.mediaType,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    }
    return new Response(new Uint8Array(document.content), { headers })
  })
  documents.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  documents.setPermissionCheckHandler(() => false)
  // A scan on the disk is a scan in the open.
  documents.on('will-download', (event) => event.preventDefault())
  documents.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: ![`${origin}/`, ...viewerOrigins].some((start) => details.url.startsWith(start)) })
  })
  return documents
}
