import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { escapeHtml } from '../../shared/law/papers/html.ts'
import type { Paper } from '../../shared/law/papers/paper.ts'
import { type PaperFontName, paperCss, paperFontNames } from '../../shared/law/papers/paper-css.ts'

/** Papers have an origin of their own, so that nothing on them could ever reach the desk's page. */
export const paperOrigin = 'desk://paper'

/** A page with the fonts and nothing on it: what the hidden window shows between two papers. */
export const blankPaperUrl = `${paperOrigin}/blank`

/** Papers are pictures of text: no script, no frame, no network. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Serves papers from memory, under addresses nobody can guess and only while they are being printed. */
export interface PaperProtocol {
  readonly put: (paper: Paper) => { readonly url: string; readonly remove: () => void }
  /** Answers requests for papers, their style sheet and fonts; undefined for any other request. */
  readonly handle: (request: Request) => Response | Promise<Response> | undefined
}

export function createPaperProtocol(fontFiles: Readonly<Record<PaperFontName, string>>): PaperProtocol {
  const pages = new Map<string, string>([['/blank', pageOf('', '')]])
  const fonts = new Map<string, Promise<Buffer>>()

  async function fontResponse(name: PaperFontName): Promise<Response> {
    const bytes = fonts.get(name) ?? readFile(fontFiles[name])
    fonts.set(name, bytes)
    return respond(new Uint8Array(await bytes), 'font/ttf', 'max-age=86400')
  }

  return {
    put: (paper) => {
      const place = `/${randomUUID()}`
      pages.set(place, pageOf(paper.title, paper.body))
      return { url: paperOrigin + place, remove: () => pages.delete(place) }
    },
    handle: (request) => {
      const { protocol, host, pathname } = new URL(request.url)
      if (`${protocol}//${host}` !== paperOrigin) return undefined
      if (pathname === '/paper.css') return respond(paperCss, 'text/css; charset=utf-8', 'max-age=86400')
      const font = paperFontNames.find((name) => pathname === `/fonts/${name}.ttf`)
      if (font) return fontResponse(font)
      const page = pages.get(pathname)
      return page ? respond(page, 'text/html; charset=utf-8', 'no-store') : new Response(null, { status: 404 })
    },
  }
}

function pageOf(title: string, body: string): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/paper.css">
</head>
<body>
${body}
</body>
</html>
`
}

function respond(body: string | Uint8Array<ArrayBuffer>, type: string, caching: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'cache-control': caching,
    },
  })
}
