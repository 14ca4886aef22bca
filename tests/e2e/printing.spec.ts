import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { pdfFacts, pdfFonts, pdfPixels, pdfQrText, pdfText, pdfWords } from '../harness/read-pdf.ts'

/** Papers from a real Electron, read back with poppler and a QR reader. */
const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '../..')
const electron = createRequire(import.meta.url)('electron') as unknown as string

interface Report {
  readonly ms: readonly number[]
  readonly together: readonly number[]
  readonly printed: {
    readonly ok: boolean
    readonly value?: { readonly printer: string }
    readonly error?: { readonly code: string }
  }
  readonly openBefore: number
  readonly openAfter: number
  readonly allClosed: boolean
  readonly trouble: readonly string[]
}

let folder: string

async function printAll(into: string, env: NodeJS.ProcessEnv = {}): Promise<Report> {
  const program = path.join(root, 'out/tests/printing/main.js')
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [program, ...asRoot, '--disable-gpu', `--user-data-dir=${path.join(into, 'profile')}`]
  await run(electron, args, { cwd: root, env: { ...process.env, MOT_CUA_PAPERS: into, ...env }, timeout: 60_000 })
  return JSON.parse(await readFile(path.join(into, 'report.json'), 'utf8')) as Report
}

const embeddedSerif = { names: ['NotoSerif-Bold', 'NotoSerif-Italic', 'NotoSerif-Regular'], embedded: true }
const inFolder = (name: string) => path.join(folder, `${name}.pdf`)

test.describe('papers in real Electron', () => {
  let report: Report

  test.beforeAll(async () => {
    await run(
      process.execPath,
      ['build/bundle/node-bundle.mjs', 'tests/harness/printing-main.ts', 'out/tests/printing/main.js'],
      { cwd: root },
    )
    folder = await mkdtemp(path.join(tmpdir(), 'papers-'))
    report = await printAll(folder, { MOT_CUA_PRINT_TO: path.join(folder, 'printed') })
  })

  test.afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  test('a receipt is one sheet of A5 in one embedded font, from the very first paper on', async () => {
    expect(report.trouble).toEqual([])
    for (const name of ['birth', 'reprint', 'certified', 'refusal']) {
      expect(await pdfFacts(inFolder(name)), name).toMatchObject({ pages: 1, width: 148, height: 210 })
    }
    for (const name of ['birth', 'crowded', 'refusal']) {
      expect(await pdfFonts(inFolder(name)), name).toEqual(embeddedSerif)
    }
    expect((await pdfFacts(inFolder('birth'))).title).toBe(
      'Giấy tiếp nhận hồ sơ và hẹn trả kết quả 000.01.18.H40-220817-0048',
    )
  })

  test('its text comes out as clean Vietnamese and its QR code is the dossier number', async () => {
    const words = await pdfWords(inFolder('birth'))
    for (const said of [
      'UBND THỊ TRẤN GÔI',
      'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
      'Mã hồ sơ: 000.01.18.H40-220817-0048',
      'Nội dung yêu cầu giải quyết: Đăng ký khai sinh',
      'Giấy chứng nhận kết hôn của cha, mẹ',
      '16.000 đồng (Mười sáu nghìn đồng)',
      'Hẹn trả kết quả: 17 giờ 00 phút, thứ Tư, ngày 17/08/2022',
      'Mã hồ sơ này là chính thức, kể cả khi in lúc mất mạng.',
    ]) {
      expect(words).toContain(said)
    }
    expect(words).toBe(words.normalize('NFC'))
    expect(words).not.toContain('\ufffd')
    expect(words).not.toContain('BẢN IN LẠI')
    expect(await pdfWords(inFolder('reprint'))).toContain('BẢN IN LẠI, lúc 09 giờ 00 phút, thứ Năm, ngày 18/08/2022')
    expect(await pdfQrText(inFolder('birth'))).toBe('000.01.18.H40-220817-0048')
    expect(await pdfQrText(inFolder('certified'))).toBe('H42.101-251020-0092')
  })

  test('a crowded receipt flows on with its header and table head, and nothing is clipped', async () => {
    const { pages } = await pdfFacts(inFolder('crowded'))
    expect(pages).toBeGreaterThan(1)
    const sheets = (await pdfText(inFolder('crowded'))).split('\f').filter((text) => text.trim() !== '')
    expect(sheets).toHaveLength(pages)
    for (const sheet of sheets) {
      expect(sheet).toContain('UBND THỊ TRẤN GÔI')
      expect(sheet).toContain('Số: 220817-0048/TNHS')
    }
    const words = await pdfWords(inFolder('crowded'))
    for (let index = 1; index <= 24; index += 1) expect(words).toContain(`Giấy tờ thứ ${index}: văn bản`)
    expect(words).toContain('Mã hồ sơ này là chính thức')
  })

  test('the margins stay white, so that no printer cuts a border off', async () => {
    const dpi = 150
    const margin = Math.floor((8 / 25.4) * dpi)
    for (const name of ['birth', 'crowded', 'certified', 'refusal']) {
      for (const { width, height, grey } of await pdfPixels(inFolder(name), dpi)) {
        const inked = grey.findIndex((level, index) => {
          const [x, y] = [index % width, Math.floor(index / width)]
          return level < 200 && (x < margin || x >= width - margin || y < margin - 6 || y >= height - margin + 6)
        })
        expect(inked, `${name}: ink in the margin`).toBe(-1)
      }
    }
  })

  test('papers asked for at once come one after another, and the window goes when printing closes', async () => {
    expect(report.together).toHaveLength(5)
    expect(Math.min(...report.together)).toBeGreaterThan(20_000)
    expect([report.openBefore, report.openAfter]).toEqual([1, 0])
    expect(report.allClosed, 'the hidden window goes with the last visible one').toBe(true)
    const after = report.ms.slice(1)
    test
      .info()
      .annotations.push({ type: 'figure', description: `first ${report.ms[0]} ms, then ${after.join(', ')} ms` })
  })

  test('a folder takes the place of the printer', async () => {
    expect(report.printed).toEqual({ ok: true, value: { printer: 'PDF' } })
    expect(existsSync(path.join(folder, 'printed', '000.01.18.H40-220817-0048.pdf'))).toBe(true)
  })

  test('fonts that come late are waited for', async () => {
    test.skip(process.platform === 'win32', 'needs named pipes')
    const other = await mkdtemp(path.join(tmpdir(), 'papers-'))
    const fonts = path.join(other, 'fonts')
    await mkdir(fonts)
    const source = path.join(root, 'node_modules/@expo-google-fonts/noto-serif')
    const files = {
      regular: '400Regular/NotoSerif_400Regular.ttf',
      italic: '400Regular_Italic/NotoSerif_400Regular_Italic.ttf',
      bold: '700Bold/NotoSerif_700Bold.ttf',
    }
    const writers: ChildProcess[] = []
    try {
      for (const [name, file] of Object.entries(files)) {
        const pipe = path.join(fonts, `${name}.ttf`)
        await run('mkfifo', [pipe])
        // Opening the pipe waits for its reader, so the second of rest begins when the font is asked for.
        writers.push(spawn('sh', ['-c', 'exec 3>"$1"; sleep 1; cat "$2" >&3', 'sh', pipe, path.join(source, file)]))
      }
      const { ms, trouble } = await printAll(other, { MOT_CUA_PRINT_TO: other, MOT_CUA_SLOW_FONTS: fonts })
      expect(trouble).toEqual([])
      expect(ms[0]).toBeGreaterThan(900)
      expect(await pdfFonts(path.join(other, 'birth.pdf'))).toEqual(embeddedSerif)
    } finally {
      for (const writer of writers) writer.kill()
      await rm(other, { recursive: true, force: true })
    }
  })

  test('without a printer the answer is a coded failure', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'papers-'))
    try {
      const { printed } = await printAll(other, { MOT_CUA_PRINT_TO: '', CUPS_SERVER: '127.0.0.1:1' })
      expect(printed).toEqual({ ok: false, error: { code: 'printer/no-printer' } })
    } finally {
      await rm(other, { recursive: true, force: true })
    }
  })
})
