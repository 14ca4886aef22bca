import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { app, BrowserWindow, protocol } from 'electron'
import { paperOfDossier } from '../../electron/printing/paper-of-dossier.ts'
import { createPrinting, printFolderFromEnvironment } from '../../electron/printing/printing.ts'
import {
  certifiedApplicant,
  certifiedReception,
  crowdedReception,
  receivedDossier,
  refusedDossier,
  sampleProcedure,
  sampleUnit,
} from './sample-dossiers.ts'

/**
 * A main process that only prints: MOT_CUA_PAPERS names the folder for its papers and for `report.json`,
 * MOT_CUA_SLOW_FONTS a folder of fonts to take instead of the packaged ones.
 */
const folder = process.env['MOT_CUA_PAPERS'] ?? ''
const fontFolder = path.resolve('node_modules/@expo-google-fonts/noto-serif')
const packagedFonts = {
  regular: path.join(fontFolder, '400Regular/NotoSerif_400Regular.ttf'),
  italic: path.join(fontFolder, '400Regular_Italic/NotoSerif_400Regular_Italic.ttf'),
  bold: path.join(fontFolder, '700Bold/NotoSerif_700Bold.ttf'),
}
const slowFonts = process.env['MOT_CUA_SLOW_FONTS']
const inFolder = (place: string) => ({
  regular: path.join(place, 'regular.ttf'),
  italic: path.join(place, 'italic.ttf'),
  bold: path.join(place, 'bold.ttf'),
})
const trouble: string[] = []

const goi = sampleUnit('goi', '0228 3820 123')
const birth = sampleProcedure('1.001193')
const staffName = 'Nguyễn Thị Khánh Linh'
const sources = {
  birth: { dossier: receivedDossier(), unit: goi, procedure: birth, staffName },
  reprint: {
    dossier: receivedDossier(),
    unit: goi,
    procedure: birth,
    staffName,
    reprintedAt: '2022-08-18T02:00:00.000Z',
  },
  crowded: { dossier: receivedDossier(crowdedReception), unit: goi, procedure: birth, staffName },
  certified: {
    dossier: receivedDossier(certifiedReception, certifiedApplicant),
    unit: sampleUnit('xa-vu-ban'),
    procedure: sampleProcedure('2.000815', '2025-10-20'),
    staffName,
  },
  refusal: {
    dossier: refusedDossier('Người yêu cầu cư trú tại xã Minh Thuận.\nĐề nghị nộp tại xã Minh Thuận.'),
    unit: goi,
    procedure: birth,
    staffName,
  },
}

protocol.registerSchemesAsPrivileged([{ scheme: 'desk', privileges: { standard: true, secure: true } }])
let allClosed = false
app.on('window-all-closed', () => {
  allClosed = true
})

async function main(): Promise<void> {
  await app.whenReady()
  const printing = createPrinting({
    fontFiles: slowFonts ? inFolder(slowFonts) : packagedFonts,
    printTo: printFolderFromEnvironment(),
    onTrouble: (what, cause) => trouble.push(`${what}: ${String(cause)}`),
  })
  mkdirSync(folder, { recursive: true })
  const papers = Object.entries(sources).map(([name, source]) => ({ name, paper: paperOfDossier(source) }))
  const ms: number[] = []
  for (const { name, paper } of papers) {
    if (!paper) throw new Error(`no paper ${name}`)
    const started = performance.now()
    const pdf = await printing.pdfOf(paper)
    ms.push(Math.round(performance.now() - started))
    writeFileSync(path.join(folder, `${name}.pdf`), pdf)
  }
  const first = papers[0]?.paper
  if (!first) throw new Error('no papers')
  const together = await Promise.all(papers.flatMap(({ paper }) => (paper ? [printing.pdfOf(paper)] : [])))
  const printed = await printing.print(first)
  const openBefore = BrowserWindow.getAllWindows().length
  printing.close()
  const openAfter = BrowserWindow.getAllWindows().length
  const front = new BrowserWindow({ show: false })
  await printing.pdfOf(first)
  allClosed = false
  front.destroy()
  for (let waits = 0; waits < 40 && !allClosed; waits += 1) await new Promise((resolve) => setTimeout(resolve, 50))
  const report = { ms, together: together.map((pdf) => pdf.length), printed, openBefore, openAfter, allClosed, trouble }
  writeFileSync(path.join(folder, 'report.json'), JSON.stringify(report))
}

main().then(
  () => app.exit(0),
  (cause: unknown) => {
    process.stderr.write(`${String(cause)}\n`)
    app.exit(1)
  },
)
