import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import type { DeskBridge } from '../../shared/ipc/bridge.ts'
import { findPlaintext, type PlainTrace, type Planted } from '../harness/find-plaintext.ts'
import { addNote, openDossier, sendEverything, signIn } from '../story/desk-acts.ts'
import { fillIntake, type IntakeCase, receiveAndPrint } from '../story/keyboard-intake.ts'
import { samplePdf, samplePng } from '../story/scans.ts'
import { openStage } from '../story/stage.ts'

/** Nobody is called so, no law or label says so: where one of these stands, it leaked. */
const name = 'Quách Thỏ Ngọc Lệ'
const child = 'Quách Sóc Nhỏ'
const personalId = '036190777123'
const phone = '0977123457'
const address = 'Xóm Khế Chua Lẻ'
const note = 'Bà hẹn con dâu út ra lấy hộ'
const draftName = 'Cù Thị Nhắt Nhen'
const searched = 'Mạc Văn Chão Chuộc'
const scanName = 'giay-chung-sinh-quach-soc.pdf'
const scanText = 'SOC NHO CHAO DOI TAI TRAM XA'
const picture = samplePng('anh-mat-truoc.png', 201)

const scan = samplePdf(scanName, scanText)
const planted: Planted = {
  words: [name, child, personalId, phone, address, note, draftName, searched, scanName, scanText],
  bytes: new Map([
    ['the scan', scan.buffer.subarray(0, 200)],
    ['the picture', picture.buffer.subarray(30, 70)],
  ]),
}

const request: IntakeCase = {
  search: 'dkks',
  procedure: 'Đăng ký khai sinh',
  answers: {
    'applicant/name': name,
    'applicant/personalId': personalId,
    'applicant/bornOn': '14/05/1990',
    'applicant/phone': phone,
    'applicant/address': address,
    'declaration/applicantRelation': 'Mẹ',
    'declaration/child/name': child,
    'declaration/child/gender': 'Nam',
    'declaration/child/bornOn': '09/08/2022',
    'declaration/child/birthPlace': 'Trung tâm Y tế huyện Vụ Bản',
    'declaration/child/hometown': 'Thị trấn Gôi, Vụ Bản, Nam Định',
    'declaration/mother/name': name,
    'declaration/mother/bornOn': '05/1990',
    'declaration/father/name': 'Trần Văn Dũng',
    'declaration/father/bornOn': '1988',
    'declaration/copies/count': '2',
  },
  scan,
}

test('after a morning, a crash and a restart nothing planted stands readable in any file of the app', async () => {
  test.setTimeout(5 * 60_000)
  const stage = await openStage(test.info().outputPath('papers'))
  const temp = mkdtempSync(path.join(os.tmpdir(), 'mot-cua-secrets-'))
  const open = (enrol?: string) => withTemp(temp, () => stage.openDesk('Quầy 1', enrol))
  const search = () => [
    ...findPlaintext(stage.deskFolder('Quầy 1'), planted),
    ...findPlaintext(temp, planted).filter(({ file }) => !isOfPlaywright(file)),
  ]
  try {
    const district = await stage.startDistrict()
    let desk = await open(`${district.url}#${stage.code()}`)

    await test.step('received, printed, previewed, noted, searched, sent', async () => {
      await signIn(desk.page, 'Phạm Thị Hạnh')
      await fillIntake(desk.page, request)
      await desk.page.getByRole('button', { name: `Mở tệp ${scanName}` }).click()
      await addPicture(desk.page)
      await receiveAndPrint(desk.page)
      await showPrintPreview(desk.page)
      await openDossier(desk.page, name)
      await addNote(desk.page, note)
      await desk.page.keyboard.press('Control+K')
      await expect(desk.page.getByPlaceholder(/Tìm hồ sơ, người/)).toBeFocused()
      await desk.page.keyboard.type(searched)
      await desk.page.keyboard.press('Control+A')
      await desk.page.keyboard.type(personalId)
      await expect(desk.page.locator('.mantine-Spotlight-action', { hasText: name })).toBeVisible()
      await desk.page.keyboard.press('Escape')
      await sendEverything(desk.page)
    })

    await test.step('a draft typed and left; then every process is killed', async () => {
      await desk.page.keyboard.press('F2')
      await desk.page.keyboard.type('dkkh')
      await desk.page.keyboard.press('Enter')
      await desk.page.keyboard.press('Control+2')
      await desk.page.keyboard.type(draftName)
      await expect(desk.page.getByLabel('Trạng thái')).toContainText('Đã lưu nháp')
      await desk.kill()
      expect(describe(search())).toEqual([])
    })

    await test.step('a restart shows everything again, and closing leaves nothing either', async () => {
      desk = await open()
      await signIn(desk.page, 'Phạm Thị Hạnh')
      await expect(desk.page.getByRole('row', { name: new RegExp(draftName) })).toBeVisible()
      await openDossier(desk.page, name)
      await expect(desk.page.getByText(note)).toBeVisible()
      await desk.close()
      expect(describe(search())).toEqual([])
    })

    await test.step('the search has eyes: planted in the open, it is found in each kind of file', async () => {
      desk = await open()
      await plantInTheOpen(desk.page)
      await desk.close()
      const folder = path.join(stage.deskFolder('Quầy 1'), 'planted')
      mkdirSync(folder)
      writeFileSync(path.join(folder, 'page.gz'), gzipSync(`<p>${name}</p>`))
      writeFileSync(path.join(folder, 'page.br'), brotliCompressSync(`<p>${address} và một câu cho đủ dài</p>`))
      writeFileSync(path.join(folder, 'crash.dmp'), Buffer.from(`\0\0${note}\0`, 'utf16le'))
      const found = search()
      expect(found.some(({ file }) => file.includes('Local Storage'))).toBe(true)
      expect(found.some(({ file, word }) => file.includes('IndexedDB') && word === child)).toBe(true)
      expect(found.some(({ layer }) => layer === 'snappy value')).toBe(true)
      expect(found.some(({ layer }) => layer === 'gzip')).toBe(true)
      expect(found.some(({ layer }) => layer === 'brotli')).toBe(true)
      expect(found.some(({ file, spelling }) => file.endsWith('crash.dmp') && spelling === 'utf-16')).toBe(true)
    })
  } finally {
    await stage.clear()
    rmSync(temp, { recursive: true, force: true })
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
  return file.startsWith('playwright')
}

async function addPicture(page: Page): Promise<void> {
  await page.keyboard.press('F7')
  await page.locator('input[type=file][data-asked]').setInputFiles(picture)
  await expect(page.getByRole('button', { name: `Mở tệp ${picture.name}` })).toBeVisible()
}

async function showPrintPreview(page: Page): Promise<void> {
  const shown = await page.evaluate(async () => {
    const { desk } = window as unknown as { desk: DeskBridge }
    const changes = await desk.call('projection.changes', { after: 0, limit: 10 })
    const dossierId = changes.ok ? changes.value.changes[0]?.id : undefined
    return dossierId ? (await desk.call('printing.preview', { dossierId, reprint: true })).ok : false
  })
  expect(shown).toBe(true)
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
    { storage: name, database: child },
  )
}
