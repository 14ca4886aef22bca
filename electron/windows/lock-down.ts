import { app, type Session, type WebContents } from 'electron'

/** Denies what no window of this app ever needs: new windows, navigation, permissions, devices, downloads. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
}

function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOwn(details.url) })
  })
}

/** In development the page and its hot reload come from Vite on this PC. */
function isOwn(url: string): boolean {
  const { protocol, host } = new URL(url)
  const development = process.env['ELECTRON_RENDERER_URL']
  if (!app.isPackaged && development && host === new URL(development).host) return true
  return ['desk:', 'blob:', 'data:', 'devtools:'].includes(protocol)
}
