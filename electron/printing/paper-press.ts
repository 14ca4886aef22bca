import { app, BrowserWindow, type Session } from 'electron'
import type { Paper } from '../../shared/law/papers/paper.ts'
import type { PaperFontName } from '../../shared/law/papers/paper-css.ts'
import { createQueue } from '../disk/queue.ts'
import { blankPaperUrl, createPaperProtocol } from './paper-protocol.ts'
import { loadFonts, loadPage, openPaperSession, openPaperWindow } from './paper-window.ts'
import { within } from './within.ts'

/** Lays out papers in one hidden window, one at a time. */
export interface PaperPress {
  /** Shows a paper for as long as `use` needs it; after any trouble the window is thrown away. */
  readonly withPaper: <T>(paper: Paper, use: (window: BrowserWindow) => Promise<T>) => Promise<T>
  /** Gets the window ready, so that the first paper does not wait for it. */
  readonly warmUp: () => void
  readonly close: () => void
}

const loadMs = 10_000
const fontsMs = 3_000
/** How long an idle window is kept: citizens come in a row, and after that the memory is worth more. */
const idleMs = 120_000

/** Create it before the first window: it watches for the last one to close. */
export function createPaperPress(
  fontFiles: Readonly<Record<PaperFontName, string>>,
  onTrouble: (what: string, cause: unknown) => void,
): PaperPress {
  const papers = createPaperProtocol(fontFiles)
  const inTurn = createQueue()
  let session: Session | undefined
  let opened: BrowserWindow | undefined
  let idleTimer: NodeJS.Timeout | undefined

  function takeWindow(): BrowserWindow {
    clearTimeout(idleTimer)
    if (opened && !opened.isDestroyed() && !opened.webContents.isCrashed()) return opened
    dropWindow()
    session ??= openPaperSession(papers)
    opened = openPaperWindow(session)
    return opened
  }

  function dropWindow(): void {
    clearTimeout(idleTimer)
    if (opened && !opened.isDestroyed()) opened.destroy()
    opened = undefined
  }

  /** The hidden window goes with the last window people see; otherwise it would keep the app running. */
  function dropWindowIfAlone(): void {
    const others = BrowserWindow.getAllWindows().filter((window) => window !== opened)
    if (others.length === 0) dropWindow()
  }

  app.on('browser-window-created', (_event, window) => {
    window.once('closed', () => void inTurn(async () => dropWindowIfAlone()))
  })

  /** A receipt in another font is better than none, so trouble with fonts is only told. */
  async function waitForFonts(window: BrowserWindow): Promise<void> {
    try {
      await within(fontsMs, 'loading fonts', loadFonts(window))
    } catch (cause) {
      onTrouble('paper/fonts-missing', cause)
    }
  }

  async function show<T>(paper: Paper, use: (window: BrowserWindow) => Promise<T>): Promise<T> {
    const { url, remove } = papers.put(paper)
    try {
      const window = takeWindow()
      await within(loadMs, 'laying out a paper', loadPage(window, url))
      await waitForFonts(window)
      return await use(window)
    } catch (cause) {
      dropWindow()
      throw cause
    } finally {
      remove()
    }
  }

  /** Takes the last paper off the window, so that nobody's data waits there. */
  async function clear(window: BrowserWindow): Promise<void> {
    try {
      await within(loadMs, 'clearing a paper', loadPage(window, blankPaperUrl))
      idleTimer = setTimeout(dropWindow, idleMs)
      idleTimer.unref()
    } catch (cause) {
      // Closed in the meantime: nothing is left to clear.
      if (window.isDestroyed()) return
      onTrouble('paper/window-failed', cause)
      dropWindow()
    }
  }

  return {
    withPaper: (paper, use) => {
      const job = inTurn(() => show(paper, use))
      void inTurn(async () => {
        if (opened) await clear(opened)
      })
      return job
    },
    warmUp: () => void inTurn(() => clear(takeWindow())),
    close: dropWindow,
  }
}
