import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { app, type BrowserWindow, dialog, type Session } from 'electron'
import { err, ok, type Result } from '../../shared/core/result.ts'
import type { PrintFailure } from '../../shared/ipc/contract.ts'
import type { Paper } from '../../shared/law/papers/paper.ts'
import type { PaperFontName } from '../../shared/law/papers/paper-css.ts'
import { writeDurably } from '../disk/durable-file.ts'
import { createQueue } from '../disk/queue.ts'
import { blankPaperUrl, createPaperProtocol } from './paper-protocol.ts'
import { loadFonts, loadPage, openPaperSession, openPaperWindow } from './paper-window.ts'
import { findPrinter } from './printers.ts'
import { within } from './within.ts'

export interface PrintingOptions {
  readonly fontFiles: Readonly<Record<PaperFontName, string>>
  /** The printer this desk chose, by the system's name. */
  readonly deviceName?: () => string | undefined
  /** Where papers go instead of a printer; for tests and the tour. */
  readonly printTo?: string
  readonly onTrouble: (what: string, cause: unknown) => void
}

export interface Printing {
  readonly pdfOf: (paper: Paper) => Promise<Buffer>
  /** Prints without a dialog. */
  readonly print: (paper: Paper) => Promise<Result<{ readonly printer: string }, PrintFailure>>
  /** Asks where to, and writes the PDF there. */
  readonly savePdf: (paper: Paper, parent?: BrowserWindow) => Promise<Result<{ readonly saved: boolean }, PrintFailure>>
  /** Gets a window ready, so that the first paper does not wait for it. */
  readonly warmUp: () => void
  readonly close: () => void
}

const loadMs = 10_000
const fontsMs = 3_000
const pdfMs = 15_000
/** A printer asleep or out of paper answers late; the queue must not wait for ever. */
const printMs = 60_000
/** How long an idle window is kept: citizens come in a row, and after that the memory is worth more. */
const idleMs = 120_000

/** MOT_CUA_PRINT_TO names a folder that takes the place of the printer; a packaged app does not know it. */
export function printFolderFromEnvironment(): string | undefined {
  return app.isPackaged ? undefined : process.env['MOT_CUA_PRINT_TO'] || undefined
}

/** Lays out papers in one hidden window, one at a time. */
export function createPrinting(options: PrintingOptions): Printing {
  const papers = createPaperProtocol(options.fontFiles)
  const inTurn = createQueue()
  let own: Session | undefined
  let warm: BrowserWindow | undefined
  let idleTimer: NodeJS.Timeout | undefined

  function dropWindow(): void {
    clearTimeout(idleTimer)
    if (warm && !warm.isDestroyed()) warm.destroy()
    warm = undefined
  }

  /** A receipt in another font is better than none, so trouble with fonts is only told. */
  async function waitForFonts(window: BrowserWindow): Promise<void> {
    try {
      await within(fontsMs, 'loading fonts', loadFonts(window))
    } catch (cause) {
      options.onTrouble('paper/fonts-missing', cause)
    }
  }

  function takeWindow(): BrowserWindow {
    clearTimeout(idleTimer)
    if (warm && !warm.isDestroyed() && !warm.webContents.isCrashed()) return warm
    dropWindow()
    own ??= openPaperSession(papers)
    warm = openPaperWindow(own)
    return warm
  }

  /** Shows a paper in the window for as long as `use` needs it. After any trouble the window is thrown away. */
  async function withPaper<T>(paper: Paper, use: (window: BrowserWindow) => Promise<T>): Promise<T> {
    const { url, remove } = papers.put(paper)
    try {
      const window = takeWindow()
      await within(loadMs, 'laying out a paper', loadPage(window, url))
      await waitForFonts(window)
      const result = await use(window)
      await within(loadMs, 'clearing a paper', loadPage(window, blankPaperUrl))
      idleTimer = setTimeout(dropWindow, idleMs)
      idleTimer.unref()
      return result
    } catch (cause) {
      dropWindow()
      throw cause
    } finally {
      remove()
    }
  }

  const pdfOf = (paper: Paper) => inTurn(() => withPaper(paper, pdfOfWindow))

  async function writePdf(paper: Paper, file: string): Promise<Result<null, PrintFailure>> {
    const pdf = await pdfOf(paper)
    try {
      await mkdir(path.dirname(file), { recursive: true })
      await writeDurably(file, pdf)
      return ok(null)
    } catch (cause) {
      options.onTrouble('file/cannot-write', cause)
      return err({ code: 'file/cannot-write' })
    }
  }

  return {
    pdfOf,
    print: async (paper) => {
      if (options.printTo) {
        const written = await writePdf(paper, path.join(options.printTo, `${paper.fileName}.pdf`))
        return written.ok ? ok({ printer: 'PDF' }) : written
      }
      try {
        return await inTurn(() => withPaper(paper, (window) => printWindow(window, options.deviceName?.())))
      } catch (cause) {
        options.onTrouble('printer/failed', cause)
        return err({ code: 'printer/failed' })
      }
    },
    savePdf: async (paper, parent) => {
      const file = options.printTo
        ? path.join(options.printTo, `${paper.fileName}.pdf`)
        : await askForFile(`${paper.fileName}.pdf`, parent)
      if (!file) return ok({ saved: false })
      const written = await writePdf(paper, file)
      return written.ok ? ok({ saved: true }) : written
    },
    warmUp: () => {
      void inTurn(async () => {
        try {
          await within(loadMs, 'warming up', loadPage(takeWindow(), blankPaperUrl))
        } catch (cause) {
          options.onTrouble('printer/failed', cause)
          dropWindow()
        }
      })
    },
    close: dropWindow,
  }
}

/** The page size stands in the style sheet alone. */
async function pdfOfWindow({ webContents }: BrowserWindow): Promise<Buffer> {
  const pdf = webContents.printToPDF({ preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true })
  return await within(pdfMs, 'making a PDF', pdf)
}

async function printWindow(
  { webContents }: BrowserWindow,
  chosen: string | undefined,
): Promise<Result<{ readonly printer: string }, PrintFailure>> {
  const printer = await within(printMs, 'asking for printers', findPrinter(webContents, chosen))
  if (!printer) return err({ code: 'printer/no-printer' })
  const job = new Promise<boolean>((resolve) => {
    webContents.print(
      {
        silent: true,
        printBackground: true,
        pageSize: 'A5',
        margins: { marginType: 'default' },
        ...(printer.deviceName ? { deviceName: printer.deviceName } : {}),
      },
      (printed) => resolve(printed),
    )
  })
  const printed = await within(printMs, 'printing', job)
  return printed ? ok({ printer: printer.name }) : err({ code: 'printer/failed' })
}

async function askForFile(name: string, parent: BrowserWindow | undefined): Promise<string | undefined> {
  const options = { defaultPath: name, filters: [{ name: 'PDF', extensions: ['pdf'] }] }
  const answer = parent ? await dialog.showSaveDialog(parent, options) : await dialog.showSaveDialog(options)
  return answer.canceled ? undefined : answer.filePath
}
