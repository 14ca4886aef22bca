import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPaperProtocol, type PaperProtocol } from '../../../../electron/printing/paper-protocol.ts'
import type { Paper } from '../../../../shared/law/papers/paper.ts'

const paper: Paper = {
  meaning: 'receipt',
  version: 'tt-01-2018',
  title: 'Giấy & <b>',
  size: 'A5',
  copies: 1,
  fileName: 'x',
  body: '<p>Mã hồ sơ</p>',
}

describe('paper protocol', () => {
  let folder: string
  let papers: PaperProtocol

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fonts-'))
    const file = (name: string) => {
      const place = path.join(folder, `${name}.ttf`)
      writeFileSync(place, name)
      return place
    }
    papers = createPaperProtocol({ regular: file('regular'), bold: file('bold'), italic: file('italic') })
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  const get = async (url: string) => await papers.handle(new Request(url))

  it('serves a paper, escaped and under a strict policy, only until it is removed', async () => {
    const { url, remove } = papers.put(paper)
    const response = await get(url)
    expect(response?.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(response?.headers.get('cache-control')).toBe('no-store')
    const page = await response?.text()
    expect(page).toContain('<title>Giấy &amp; &lt;b&gt;</title>')
    expect(page).toContain('<p>Mã hồ sơ</p>')
    expect(page).not.toMatch(/<script|<style|style=/)
    remove()
    expect((await get(url))?.status).toBe(404)
  })

  it('gives every paper an address of its own', () => {
    expect(papers.put(paper).url).not.toBe(papers.put(paper).url)
  })

  it('serves the style sheet and the fonts', async () => {
    const css = await get('desk://paper/paper.css')
    expect(css?.headers.get('content-type')).toBe('text/css; charset=utf-8')
    const font = await get('desk://paper/fonts/bold.ttf')
    expect([font?.headers.get('content-type'), await font?.text()]).toEqual(['font/ttf', 'bold'])
  })

  it('answers 404 beside them and leaves other origins alone', async () => {
    for (const place of ['/', '/fonts/black.ttf', '/fonts/../../etc/passwd', '/00000000-0000-4000-8000-000000000000']) {
      expect((await get(`desk://paper${place}`))?.status).toBe(404)
    }
    expect(await get('desk://app/index.html')).toBeUndefined()
    expect(await get('https://paper/paper.css')).toBeUndefined()
  })
})
