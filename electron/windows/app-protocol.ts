import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'
import { hasCode } from '../disk/durable-file.ts'

export const appOrigin = 'desk://app'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
}

/** The page has no network and no inline code: everything it shows comes from the installed files and from main. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'none'",
  "worker-src 'self'",
  "object-src 'none'",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Must run before the app is ready. */
export function registerDeskScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'desk', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the page's files from one folder and nothing beside it. */
export function servePage(folder: string): void {
  const root = path.resolve(folder)
  protocol.handle('desk', async (request) => {
    const url = new URL(request.url)
    if (url.host !== 'app' || request.method !== 'GET') return notFound()
    const file = path.resolve(root, `.${url.pathname === '/' ? '/index.html' : decodeURIComponent(url.pathname)}`)
    const type = contentTypes[path.extname(file)]
    if (!file.startsWith(root + path.sep) || !type) return notFound()
    try {
      const headers = {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      }
      return new Response(new Uint8Array(await readFile(file)), { headers })
    } catch (cause) {
      if (hasCode(cause, 'ENOENT', 'EISDIR')) return notFound()
      throw cause
    }
  })
}

function notFound(): Response {
  return new Response(null, { status: 404 })
}
