import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { app, type BrowserWindow, dialog, safeStorage, session } from 'electron'
import { createScanReader } from './attachments/scan-reader.ts'
import { createClock } from './clock.ts'
import { createCourierDialogs } from './courier/courier-dialogs.ts'
import { type Desk, openDesk } from './desk.ts'
import { enrol } from './enrolment/enrol.ts'
import { createBackupHandlers } from './ipc/backup-handlers.ts'
import { createHandlers } from './ipc/desk-handlers.ts'
import { handleCalls } from './ipc/handle-calls.ts'
import { createHints } from './ipc/hints.ts'
import { createPrintHandlers } from './ipc/print-handlers.ts'
import { createLog } from './log.ts'
import { paperFontFiles } from './printing/paper-fonts.ts'
import { createPrinting, printFolderFromEnvironment } from './printing/printing.ts'
import { describeStartFailure, findWriteRefusal } from './start-failure.ts'
import type { KeyWrapping } from './vault/data-key.ts'
import { registerDeskScheme, servePage } from './windows/app-protocol.ts'
import { openDocumentWindow, type ShownDocument } from './windows/document-window.ts'
import { lockDown, lockSession } from './windows/lock-down.ts'
import { closeGently, isDeskFrame, openMainWindow, reopenPage } from './windows/main-window.ts'
import { createPageStoreClearing } from './windows/page-store-clearing.ts'

/** How long closing waits for a draft and the running round; everything acknowledged is on the disk already. */
const closingMs = 1_500

app.setName('mot-cua')
registerDeskScheme()
lockDown()
if (app.requestSingleInstanceLock()) {
  app.whenReady().then(start).catch(fail)
} else {
  // This app is open already, or its folder takes no writes; only the second is worth a word.
  const refusal = findWriteRefusal(app.getPath('userData'))
  if (refusal)
    app
      .whenReady()
      .then(() => fail(refusal))
      .catch(fail)
  else app.quit()
}

async function start(): Promise<void> {
  const folder = path.join(app.getPath('userData'), 'desk')
  mkdirSync(path.join(folder, 'log'), { recursive: true, mode: 0o700 })
  const clock = createClock(app.isPackaged ? undefined : process.env['MOT_CUA_DEMO_CLOCK'])
  const log = createLog(path.join(folder, 'log'), clock.instant)
  process.on('unhandledRejection', (cause) => log.error('unhandled', cause))
  let window: BrowserWindow | undefined
  const hint = createHints(() => window?.webContents)
  const desk = await openDesk({
    folder,
    // Whoever copies yesterday back takes the whole data folder: what must not go back with it lies beside.
    witnessFile: `${app.getPath('userData')}.witness`,
    wrapping: osKeyWrapping(),
    clock,
    log,
    random: Math.random,
    onExchange: () => hint('exchange'),
    onBackup: () => hint('status'),
    onCourier: () => hint('courier'),
    onReference: () => hint('reference'),
  })
  const showDocument = (document: ShownDocument) => {
    if (window) openDocumentWindow(document, window)
  }
  const printTo = printFolderFromEnvironment()
  const printing = createPrinting({
    fontFiles: paperFontFiles,
    ...(printTo ? { printTo } : {}),
    onTrouble: (what, cause) => log.error('printing', cause, { what }),
  })
  desk.journal.onAppend(() => {
    hint('projection')
    // What waits to be sent changed too, also while the exchange itself rests.
    hint('exchange')
  })
  desk.drafts.onChange(() => hint('drafts'))
  handleCalls(
    createHandlers({
      desk,
      log,
      appVersion: app.getVersion(),
      scans: createScanReader(desk.attachments, async (sha256) => desk.findExchange()?.fetchScan(sha256)),
      printing: createPrintHandlers(desk, printing, () => window, showDocument),
      backup: createBackupHandlers(desk, () => window),
      courierDialogs: createCourierDialogs(() => window),
      showDocument,
      clearPageStore: createPageStoreClearing(
        () => window,
        () => hint('closing'),
      ),
      onStatus: () => hint('status'),
    }),
    log,
    (frame) => isDeskFrame(window, frame),
  )
  lockSession(session.defaultSession)
  servePage(path.join(import.meta.dirname, '..', 'renderer'))
  await enrolFromCommandLine(desk)
  window = openMainWindow()
  closeGently(window, () => hint('closing'))
  reopenPage(window, (reason) => log.info('page-gone', { reason }))
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  desk.startExchange()
  closeInOrder(desk)
}

/** `--enrol=<address>#<code>` makes a fresh desk known without typing; development, tour and tests use it. */
async function enrolFromCommandLine(desk: Desk): Promise<void> {
  const wish = app.commandLine.getSwitchValue('enrol')
  if (wish === '' || app.isPackaged || desk.identity.current()) return
  const [url = '', code = ''] = wish.split('#')
  const deskName = app.commandLine.getSwitchValue('desk-name') || 'Quầy 1'
  const enrolled = await enrol({ url, code, deskName }, desk)
  if (!enrolled.ok) process.stderr.write(`enrolment failed: ${enrolled.error.code}\n`)
}

function osKeyWrapping(): KeyWrapping {
  const plain = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
  return {
    available: safeStorage.isEncryptionAvailable() && !plain,
    wrap: (text) => safeStorage.encryptString(text),
    unwrap: (wrapped) => safeStorage.decryptString(wrapped),
  }
}

function closeInOrder(desk: Desk): void {
  let closed = false
  app.on('window-all-closed', () => app.quit())
  // Electron's own handling of these gives up at once when quitting takes a moment.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => app.quit())
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    closed = true
    const deadline = new Promise((resolve) => setTimeout(resolve, closingMs))
    void Promise.race([desk.close(), deadline]).finally(() => app.quit())
  })
}

function fail(cause: unknown): void {
  process.stderr.write(`start failed: ${cause instanceof Error ? cause.stack : String(cause)}\n`)
  dialog.showErrorBox('Một cửa', describeStartFailure(cause))
  app.exit(1)
}
