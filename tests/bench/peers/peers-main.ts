import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { app, BrowserWindow, protocol } from 'electron'
import { peerIds } from './peer.ts'

/**
 * The peers' own app: one small window each, in the same Electron as the desk and on the same disk, each in an origin
 * of its own and with nothing of the desk in it. BENCH_PEER_FILES names the folder of the documents it serves.
 */
const files = process.env['BENCH_PEER_FILES'] ?? ''
const page = path.join(import.meta.dirname, '..', 'peer-page', 'page.js')

app.setName('mot-cua-bench-peers')
protocol.registerSchemesAsPrivileged([
  { scheme: 'peer', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])
void app.whenReady().then(async () => {
  protocol.handle('peer', async ({ url }) => {
    const name = path.basename(new URL(url).pathname)
    if (name === '') return html('<!doctype html><title>peer</title><script src="/page.js"></script>')
    const file = name === 'page.js' ? page : path.join(files, name)
    const headers = { 'content-type': name.endsWith('.js') ? 'text/javascript' : 'application/json' }
    return new Response(new Uint8Array(await readFile(file)), { headers })
  })
  for (const id of peerIds) {
    const window = new BrowserWindow({ width: 320, height: 240, webPreferences: { backgroundThrottling: false } })
    await window.loadURL(`peer://${id}/`)
  }
})

function html(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}
