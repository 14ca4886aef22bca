import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import type { DeskBridge } from '../../shared/ipc/bridge.ts'
import type { DeskApp } from '../harness/desk-app.ts'
import { findPlaintext, type PlainTrace } from '../harness/find-plaintext.ts'
import {
  addNote,
  answerDialogs,
  chooseBesides,
  finishDossier,
  openDossier,
  sendEverything,
  signIn,
} from '../story/desk-acts.ts'
import { fillIntake, receiveAndPrint } from '../story/keyboard-intake.ts'
import { picture, planted, plantedCase, words } from '../story/planted-words.ts'
import { openStage } from '../story/stage.ts'

test('after a morning, crashes and restarts nothing planted stands readable: app, temp, backup disk, USB stick', async () => {
  test.setTimeout(6 * 60_000)
  const stage = await openStage(test.info().outputPath('papers'))
  const outside = mkdtempSync(path.join(os.tmpdir(), 'mot-cua-secrets-'))
  const [temp, backupDisk, stick] = ['temp', 'backup-disk', 'stick'].map((name) => path.join(outside, name)) as [
    string,
    string,
    string,
  ]
  for (const folder of [temp, backupDisk, stick]) mkdirSync(folder)
  const open = (enrol?: string) => withTemp(temp, () => stage.openDesk('Quầy 1', enrol))
  const search = () => [
    ...findPlaintext(stage.deskFolder('Quầy 1'), planted),
    ...findPlaintext(outside, planted).filter(({ file }) => !isOfPlaywright(file)),
  ]
  try {
    const district = await stage.startDistrict()
    let desk = await open(`${district.url}#${stage.code()}`)

    await test.step('received, printed, previewed, saved as PDF, noted, looked up', async () => {
      await signIn(desk.page, 'Hoàng Văn Sơn')
      // What is written to the stick must not be sent before.
      await district.stop()
      await fillIntake(desk.page, plantedCase)
      await desk.page.getByRole('button', { name: `Mở tệp ${words.scanName}` }).click()
      await addPicture(desk.page)
      await receiveAndPrint(desk.page)
      await previewAndSavePaper(desk.page)
      await openDossier(desk.page, words.name)
      await addNote(desk.page, words.note)
      await lookUp(desk.page)
    })

    await test.step('corrected, finished, handed over to somebody else; a draft typed and discarded', async () => {
      await openDossier(desk.page, words.name)
      await correctPhone(desk.page)
      await finishDossier(desk.page, words.deliverable)
      await handOverToRelative(desk.page)
      await typeDraft(desk.page, words.discardedName)
      await discardDraft(desk.page, words.discardedName)
    })

    await test.step('written to a USB stick, sent, and with a draft written to the backup disk', async () => {
      await writeToStick(desk, path.join(stick, 'gui.motcua'))
      await stage.startDistrict()
      await sendEverything(desk.page)
      await typeDraft(desk.page, words.draftName)
      await backUp(desk, backupDisk)
      const backedUp = readdirSync(backupDisk, { recursive: true, encoding: 'utf8' })
      expect(backedUp.filter((file) => /scans.{4}./.test(file))).toHaveLength(2)
      expect(backedUp.some((file) => /states.\d+\.json$/.test(file))).toBe(true)
      expect(describe(search())).toEqual([])
    })

    await test.step('looked up, and every process is killed', async () => {
      await lookUp(desk.page)
      await desk.kill()
      expect(describe(search())).toEqual([])
    })

    await test.step('after a restart the page crashes, then main: whatever they leave says nothing', async () => {
      desk = await open()
      await signIn(desk.page, 'Hoàng Văn Sơn')
      await expect(desk.page.getByRole('row', { name: new RegExp(words.draftName) })).toBeVisible()
      await crash(desk)
      expect(describe(search())).toEqual([])
    })

    await test.step('a restart shows everything again, and closing leaves nothing either', async () => {
      desk = await open()
      await signIn(desk.page, 'Hoàng Văn Sơn')
      await expect(desk.page.getByRole('row', { name: new RegExp(words.draftName) })).toBeVisible()
      await lookUp(desk.page)
      await desk.close()
      expect(describe(search())).toEqual([])
    })

    await test.step('the search has eyes: planted in the open, it is found in each kind of file', async () => {
      desk = await open()
      await plantInTheOpen(desk.page)
      await desk.close()
      const folder = path.join(stage.deskFolder('Quầy 1'), 'planted')
      mkdirSync(folder)
      writeFileSync(path.join(folder, 'page.gz'), gzipSync(`<p>${words.name}</p>`))
      writeFileSync(path.join(folder, 'page.br'), brotliCompressSync(`<p>${words.address} và một câu cho đủ dài</p>`))
      writeFileSync(path.join(folder, 'crash.dmp'), Buffer.from(`\0\0${words.note}\0`, 'utf16le'))
      for (const place of [temp, backupDisk, stick]) writeFileSync(path.join(place, 'open.txt'), words.recipient)
      const found = search()
      expect(found.some(({ file }) => file.includes('Local Storage'))).toBe(true)
      expect(found.some(({ file, word }) => file.includes('IndexedDB') && word === words.child)).toBe(true)
      expect(found.some(({ layer }) => layer === 'snappy value')).toBe(true)
      expect(found.some(({ layer }) => layer === 'gzip')).toBe(true)
      expect(found.some(({ layer }) => layer === 'brotli')).toBe(true)
      expect(found.some(({ file, spelling }) => file.endsWith('crash.dmp') && spelling === 'utf-16')).toBe(true)
      expect(found.filter(({ file, spelling }) => file.endsWith('open.txt') && spelling === 'utf-8')).toHaveLength(3)
    })
  } finally {
    await stage.clear()
    rmSync(outside, { recursive: true, force: true })
  }
})

function describe(traces: readonly PlainTrace[]): readonly string[] {
  return traces.map(({ word, spelling, file, layer }) => `${word} (${spelling}) in ${file}, ${layer}`)
}

/** The app's temporary files go where they can be searched. */
async function withTemp<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

/** The test's own driver keeps what it recorded, beside the app's files. */
function isOfPlaywright(file: string): boolean {
  return file.startsWith(path.join('temp', 'playwright'))
}

async function addPicture(page: Page): Promise<void> {
  await page.keyboard.press('F7')
  await page.locator('input[type=file][data-asked]').setInputFiles(picture)
  await expect(page.getByRole('button', { name: `Mở tệp ${picture.name}` })).toBeVisible()
}

/** The PDF itself is readable on purpose; it goes where the papers go, which is not searched. */
async function previewAndSavePaper(page: Page): Promise<void> {
  const done = await page.evaluate(async () => {
    const { desk } = window as unknown as { desk: DeskBridge }
    const changes = await desk.call('projection.changes', { after: 0, limit: 10 })
    const dossierId = changes.ok ? changes.value.changes[0]?.id : undefined
    if (!dossierId) return []
    const paper = { dossierId, reprint: true }
    return [(await desk.call('printing.preview', paper)).ok, (await desk.call('printing.save-pdf', paper)).ok]
  })
  expect(done).toEqual([true, true])
}

/** By a name nobody has, then by number: found and opened. */
async function lookUp(page: Page): Promise<void> {
  await page.keyboard.press('Control+K')
  await expect(page.getByPlaceholder(/Tìm hồ sơ, người/)).toBeFocused()
  await page.keyboard.type(words.searched)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(words.personalId)
  await expect(page.locator('.mantine-Spotlight-action', { hasText: words.name })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText(words.note)).toBeVisible()
}

async function correctPhone(page: Page): Promise<void> {
  await chooseBesides(page, 'Sửa thông tin')
  const dialog = page.getByRole('dialog', { name: 'Sửa thông tin hồ sơ' })
  await dialog.getByRole('textbox', { name: 'Điện thoại' }).first().fill(words.correctedPhone)
  await dialog.getByRole('textbox', { name: 'Lý do sửa' }).fill(words.whyCorrected)
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText(new RegExp(`Lý do: ${words.whyCorrected}`))).toBeVisible()
}

async function handOverToRelative(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Trả kết quả' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Người khác' }).check()
  await dialog.getByRole('textbox', { name: 'Họ tên người nhận' }).fill(words.recipient)
  await dialog.getByRole('textbox', { name: /Số CCCD/ }).fill(words.recipientId)
  await dialog.getByRole('textbox', { name: /Quan hệ/ }).fill(words.relation)
  await dialog.getByRole('textbox', { name: /Ghi chú/ }).fill(words.recipientNote)
  await dialog.getByRole('button', { name: 'Đã trả kết quả' }).click()
  await expect(page.getByText(new RegExp(`Trả kết quả cho ${words.recipient}`))).toBeVisible()
}

async function typeDraft(page: Page, applicant: string): Promise<void> {
  await page.keyboard.press('F2')
  await expect(page.getByRole('combobox', { name: 'Thủ tục' })).toBeFocused()
  await page.keyboard.type('dkkh')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+2')
  await expect(page.locator('[name="applicant/name"]')).toBeFocused()
  await page.keyboard.type(applicant)
  await expect(page.getByLabel('Trạng thái')).toContainText('Đã lưu nháp')
}

async function discardDraft(page: Page, applicant: string): Promise<void> {
  await page.keyboard.press('F1')
  const row = page.getByRole('row', { name: new RegExp(applicant) })
  await row.click()
  await page.getByRole('button', { name: 'Bỏ nháp' }).click()
  await expect(row).toHaveCount(0)
}

async function writeToStick(desk: DeskApp, file: string): Promise<void> {
  await answerDialogs(desk, file)
  await desk.page.keyboard.press('F8')
  const usb = desk.page.getByRole('region', { name: 'Gửi bằng USB' })
  await usb.getByRole('button', { name: 'Ghi ra USB…' }).click()
  await expect(usb.getByRole('alert')).toContainText(/Đã ghi \d+ việc, 2 bản quét/)
  expect(readFileSync(file).byteLength).toBeGreaterThan(2_000)
}

async function backUp(desk: DeskApp, folder: string): Promise<void> {
  await answerDialogs(desk, folder)
  await desk.page.getByRole('button', { name: 'Cài đặt' }).click()
  const backup = desk.page.getByRole('region', { name: 'Sao lưu' })
  await backup.getByRole('button', { name: 'Chọn thư mục…' }).click()
  await expect(backup.getByRole('status')).toContainText('Sao lưu lúc')
  await desk.page.keyboard.press('Escape')
}

/** As faults in Chromium or in main end them, with whatever files such an end leaves. */
async function crash({ app }: DeskApp): Promise<void> {
  const closed = app.waitForEvent('close')
  await app.evaluate(async ({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().startsWith('desk://app'))
    const gone = new Promise((resolve) => page?.webContents.once('render-process-gone', resolve))
    page?.webContents.forcefullyCrashRenderer()
    await gone
  })
  // Nothing answers any more once main is gone.
  void app.evaluate(() => process.crash()).catch(() => undefined)
  await closed
}

/** As a careless screen would: readable, in Local Storage, and in IndexedDB long enough for Chromium to pack it. */
async function plantInTheOpen(page: Page): Promise<void> {
  await page.evaluate(
    async ({ storage, database }) => {
      localStorage.setItem('planted', storage)
      const opened = indexedDB.open('planted', 1)
      opened.onupgradeneeded = () => opened.result.createObjectStore('planted')
      const store = await new Promise<IDBDatabase>((resolve, reject) => {
        opened.onsuccess = () => resolve(opened.result)
        opened.onerror = () => reject(opened.error)
      })
      const write = store.transaction('planted', 'readwrite', { durability: 'strict' })
      write.objectStore('planted').put({ text: `${database} `.repeat(5000) }, 1)
      await new Promise((resolve) => {
        write.oncomplete = resolve
      })
    },
    { storage: words.name, database: words.child },
  )
}
