import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import jsQR from 'jsqr'

/** Reads PDFs as an archive and a phone would: with poppler and a QR reader, neither of which made them. */
const run = promisify(execFile)

/** The text as an archive extracts it, line by line. */
export async function pdfText(file: string): Promise<string> {
  const { stdout } = await run('pdftotext', ['-layout', file, '-'])
  return stdout
}

/** The text with every run of white space as one space: for looking up words that may stand on two lines. */
export async function pdfWords(file: string): Promise<string> {
  return (await pdfText(file)).replace(/\s+/g, ' ').trim()
}

export interface PdfFacts {
  readonly pages: number
  /** Millimetres. */
  readonly width: number
  readonly height: number
  readonly title: string
}

export async function pdfFacts(file: string): Promise<PdfFacts> {
  const { stdout } = await run('pdfinfo', [file])
  const size = /^Page size:\s+([\d.]+) x ([\d.]+) pts/m.exec(stdout)
  return {
    pages: Number(/^Pages:\s+(\d+)/m.exec(stdout)?.[1]),
    width: Math.round((Number(size?.[1]) * 25.4) / 72),
    height: Math.round((Number(size?.[2]) * 25.4) / 72),
    title: /^Title:\s+(.*)$/m.exec(stdout)?.[1] ?? '',
  }
}

/** Names of the fonts, without the tag of a subset; the flag tells whether all of them are embedded. */
export async function pdfFonts(
  file: string,
): Promise<{ readonly names: readonly string[]; readonly embedded: boolean }> {
  const { stdout } = await run('pdffonts', [file])
  const rows = stdout.split('\n').slice(2).filter(Boolean)
  const names = rows.map((row) => (row.split(/\s+/)[0] ?? '').replace(/^[A-Z]{6}\+/, ''))
  return {
    names: [...new Set(names)].sort(),
    embedded: rows.every((row) => /\s(yes)\s+(yes|no)\s+(yes|no)\s+\d/.test(row)),
  }
}

/** A page as grey pixels, 0 black to 255 white. */
export interface PagePixels {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
}

export async function pdfPixels(file: string, dpi = 150): Promise<readonly PagePixels[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-'))
  try {
    await run('pdftoppm', ['-gray', '-r', String(dpi), file, path.join(folder, 'page')])
    const names = (await readdir(folder)).sort()
    return await Promise.all(names.map(async (name) => readPgm(await readFile(path.join(folder, name)))))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a phone reads from the first QR code in the PDF. */
export async function pdfQrText(file: string): Promise<string | undefined> {
  for (const { width, height, grey } of await pdfPixels(file, 200)) {
    const rgba = new Uint8ClampedArray(width * height * 4)
    for (const [index, level] of grey.entries())
      rgba.fill(level, index * 4, index * 4 + 3).fill(255, index * 4 + 3, index * 4 + 4)
    const code = jsQR(rgba, width, height)
    if (code) return code.data
  }
  return undefined
}

/** A binary PGM (P5): "P5 width height 255" and the pixels. */
function readPgm(file: Buffer): PagePixels {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 64).toString('latin1'))
  if (!header) throw new Error('not a PGM file')
  return { width: Number(header[1]), height: Number(header[2]), grey: new Uint8Array(file.subarray(header[0].length)) }
}
