import path from 'node:path'
import { app, type BrowserWindow, dialog, type WebContents } from 'electron'
import { err, ok, type Result } from '../../shared/core/result.ts'
import type { PrintFailure } from '../../shared/ipc/contract.ts'
import type { Paper } from '../../shared/law/papers/paper.ts'
import type { PaperFontName } from '../../shared/law/papers/paper-css.ts'
import { createPaperPress } from './paper-press.ts'
import { findPrinter } from './printers.ts'
import { within } from './within.ts'
import { writePaper } from './write-paper.ts'

export interface PrintingOptions {
  readonly fontFiles: Readonly<Record<PaperFontName, string>>
  /** The printer this desk chose, by the system's name. */
  readonly deviceName?: () => string | undefined
  /** Where papers go instead of a printer; for tests and the tour. */
  readonly printTo?: string
  /** Told of everything that went wrong; holds no personal data. */
  readonly onTrouble: (what: string, cause: unknown) => void
}

export interface Printing {
  readonly pdfOf: (paper: Paper) => Promise<Buffer>
  /** Where a paper would go now; any page may be the one that asks. */
  readonly findPrinter: (contents: WebContents) => Promise<Result<{ readonly printer: string }, PrintFailure>>
  /** Prints without a dialog. */
  readonly print: (paper: Paper) => Promise<Result<{ readonly printer: string }, PrintFailure>>
  /** Asks where to, and writes the PDF there. */
  readonly savePdf: (paper: Paper, parent?: BrowserWindow) => Promise<Result<{ readonly saved: boolean }, PrintFailure>>
  /** Gets a window ready, so that the first paper does not wait for it. */
  readonly warmUp: () => void
  /** Ends the hidden window now; it also goes by itself after the last other window. */
  readonly close: () => void
}

const pdfMs = 15_000
const findMs = 15_000
/** A printer asleep or out of paper answers late; the queue must not wait for ever. */
const printMs = 60_000

/** MOT_CUA_PRINT_TO names a folder that takes the place of the printer; a packaged app does not know it. */
export function printFolderFromEnvironment(): string | undefined {
  return app.isPackaged ? undefined : process.env['MOT_CUA_PRINT_TO'] || undefined
}

/** Create it before the first window opens. */
export function createPrinting({ fontFiles, deviceName, printTo, onTrouble }: PrintingOptions): Printing {
  const press = createPaperPress(fontFiles, onTrouble)
  const pdfOf = (paper: Paper) => press.withPaper(paper, pdfOfWindow)

  function fail(cause: unknown): Result<never, PrintFailure> {
    onTrouble('printer/failed', cause)
    return err({ code: 'printer/failed' })
  }

  async function writePdf(paper: Paper, file: string): Promise<Result<null, PrintFailure>> {
    let pdf: Buffer
    try {
      pdf = await pdfOf(paper)
    } catch (cause) {
      return fail(cause)
    }
    return writePaper(file, pdf, onTrouble)
  }

  return {
    pdfOf,
    findPrinter: async (contents) => {
      if (printTo) return ok({ printer: 'PDF' })
      try {
        const printer = await within(findMs, 'asking for printers', findPrinter(contents, deviceName?.()))
        return printer ? ok({ printer: printer.name }) : err({ code: 'printer/no-printer' })
      } catch (cause) {
        return fail(cause)
      }
    },
    print: async (paper) => {
      if (printTo) {
        const written = await writePdf(paper, path.join(printTo, `${paper.fileName}.pdf`))
        return written.ok ? ok({ printer: 'PDF' }) : written
      }
      try {
        return await press.withPaper(paper, (window) => printWindow(window, paper.copies, deviceName?.()))
      } catch (cause) {
        return fail(cause)
      }
    },
    savePdf: async (paper, parent) => {
      const name = `${paper.fileName}.pdf`
      const file = printTo ? path.join(printTo, name) : await askForFile(name, parent)
      if (!file) return ok({ saved: false })
      const written = await writePdf(paper, file)
      return written.ok ? ok({ saved: true }) : written
    },
    warmUp: press.warmUp,
    close: press.close,
  }
}

/** The page size stands in the style sheet alone. */
async function pdfOfWindow({ webContents }: BrowserWindow): Promise<Buffer> {
  const pdf = webContents.printToPDF({ preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true })
  return await within(pdfMs, 'making a PDF', pdf)
}

async function printWindow(
  { webContents }: BrowserWindow,
  copies: number,
  chosen: string | undefined,
): Promise<Result<{ readonly printer: string }, PrintFailure>> {
  const printer = await within(printMs, 'asking for printers', findPrinter(webContents, chosen))
  if (!printer) return err({ code: 'printer/no-printer' })
  const device = printer.deviceName ? { deviceName: printer.deviceName } : {}
  const job = new Promise<void>((resolve, reject) => {
    webContents.print({ silent: true, printBackground: true, pageSize: 'A5', copies, ...device }, (printed, reason) =>
      printed ? resolve() : reject(new Error(reason)),
    )
  })
  await within(printMs, 'printing', job)
  return ok({ printer: printer.name })
}

async function askForFile(name: string, parent: BrowserWindow | undefined): Promise<string | undefined> {
  const options = { defaultPath: name, filters: [{ name: 'PDF', extensions: ['pdf'] }] }
  const answer = parent ? await dialog.showSaveDialog(parent, options) : await dialog.showSaveDialog(options)
  return answer.canceled ? undefined : answer.filePath
}
