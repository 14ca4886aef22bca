import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import type { DeskBridge } from '../../shared/ipc/bridge.ts'
import { signIn } from '../story/desk-acts.ts'
import { openStage, type Stage } from '../story/stage.ts'

let stage: Stage
test.describe.configure({ mode: 'serial' })
test.afterAll(() => stage?.clear())

/** A photograph as a phone makes it: large, and full of detail that does not compress. */
async function takePhoto(page: Page): Promise<Buffer> {
  const text = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(4000, 3000)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    for (let at = 0; at < 60_000; at += 1) {
      context.fillStyle = `hsl(${(at * 47) % 360} 60% ${30 + ((at * 13) % 60)}%)`
      context.fillRect((at * 7919) % 4000, (at * 104_729) % 3000, 60, 40)
    }
    const photo = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })
    const reader = new FileReader()
    return new Promise<string>((resolve) => {
      reader.onload = () => resolve(String(reader.result))
      reader.readAsDataURL(photo)
    })
  })
  return Buffer.from(text.slice(text.indexOf(',') + 1), 'base64')
}

async function attach(page: Page, search: string, document: string, photo: Buffer): Promise<Locator> {
  await page.keyboard.press('F1')
  await page.keyboard.press('F2')
  await expect(page.getByRole('combobox', { name: 'Thủ tục' })).toBeFocused()
  await page.keyboard.type(search)
  await page.keyboard.press('Enter')
  const file = { name: 'ảnh chụp.jpg', mimeType: 'image/jpeg', buffer: photo }
  await page.locator(`input[type=file][aria-label="Chọn tệp quét: ${document}"]`).setInputFiles(file)
  return page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: 'Mở tệp ảnh chụp.jpg' }) })
    .last()
}

/** The hashes of the scans that drafts name, as main reckoned them from the bytes it was given. */
function scansInDrafts(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const { desk } = window as unknown as { desk: DeskBridge }
    const drafts = await desk.call('drafts.list', undefined)
    const text = JSON.stringify(drafts.ok ? drafts.value.map(({ content }) => content) : [])
    return [...text.matchAll(/"sha256":"([0-9a-f]{64})"/g)].map(([, sha256 = '']) => sha256)
  })
}

/** The sealed files of scans, each under the hash of what is in it, with their size. */
function keptScans(): ReadonlyMap<string, number> {
  const folder = path.join(stage.deskFolder('Quầy 1'), 'desk', 'scans')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sealed'))
  return new Map(files.map((file) => [path.basename(file, '.sealed'), statSync(path.join(folder, file)).size]))
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

test('a large photograph is reduced beside the page, and shown small', async () => {
  stage = await openStage(test.info().outputPath('papers'))
  const district = await stage.startDistrict()
  const { page } = await stage.openDesk('Quầy 1', `${district.url}#${stage.code()}`)
  await signIn(page, 'Phạm Thị Hạnh')
  const photo = await takePhoto(page)
  expect(photo.byteLength).toBeGreaterThan(1_500_000)
  const scan = await attach(page, 'dkks', 'Giấy chứng sinh hoặc giấy tờ thay thế', photo)
  await expect(scan).toContainText('đã thu gọn từ')
  await expect(scan.locator('img')).toBeVisible()
  await scan.screenshot({ path: test.info().outputPath('reduced.png') })
  await expect.poll(() => scansInDrafts(page)).toHaveLength(1)
  const [[sha256, bytes] = ['', 0]] = keptScans()
  expect(await scansInDrafts(page)).toEqual([sha256])
  expect(sha256).not.toBe(hashOf(photo))
  expect(bytes).toBeLessThan(photo.byteLength / 2)
})

test('the original whose copy is certified is kept as it was scanned', async () => {
  const page = stage.openDesks()[0]?.page
  if (!page) throw new Error('no desk')
  const photo = await takePhoto(page)
  const scan = await attach(page, 'ban sao tu ban chinh', 'Bản chính giấy tờ, văn bản', photo)
  await expect(scan.locator('img')).toBeVisible()
  await expect(scan).not.toContainText('đã thu gọn từ')
  await expect.poll(() => scansInDrafts(page)).toContain(hashOf(photo))
  expect(keptScans().get(hashOf(photo))).toBeGreaterThanOrEqual(photo.byteLength)
})
