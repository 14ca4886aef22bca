import { rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import type { DeskApp } from '../harness/desk-app.ts'
import { composedWords, typeByComposition, typeLikeUnikey, unikeyStrokes } from '../harness/vietnamese-typing.ts'
import { certifiedCopy } from '../story/cases.ts'
import { signIn } from '../story/desk-acts.ts'
import { fillIntake, receiveAndPrint } from '../story/keyboard-intake.ts'
import { openStage, type Stage } from '../story/stage.ts'

/** One desk with one received dossier, for everything that is about the window itself. */
let stage: Stage
let desk: DeskApp
test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  test.setTimeout(4 * 60_000)
  stage = await openStage(test.info().outputPath('papers'))
  const district = await stage.startDistrict()
  desk = await stage.openDesk('Quầy 1', `${district.url}#${stage.code()}`)
  await signIn(desk.page, 'Phạm Thị Hạnh')
  await fillIntake(desk.page, certifiedCopy)
  await receiveAndPrint(desk.page)
})
test.afterAll(() => stage.clear())

async function openIntake(page: Page): Promise<void> {
  await page.keyboard.press('F1')
  await page.keyboard.press('F2')
  await expect(page.getByRole('combobox', { name: 'Thủ tục' })).toBeFocused()
  await page.keyboard.type('dkks')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+2')
}

for (const [method, type] of [
  ['Unikey', (page: Page) => typeLikeUnikey(page, unikeyStrokes)],
  ['an input method', (page: Page) => typeByComposition(page, composedWords)],
] as const) {
  test(`a Vietnamese name typed with ${method} stands as it was meant`, async () => {
    const { page } = desk
    await openIntake(page)
    const name = page.locator('[name="applicant/name"]')
    await expect(name).toBeFocused()
    await type(page)
    await expect(name).toHaveValue('Nguyễn Thị Đường')
    await page.keyboard.press('Home')
    await typeLikeUnikey(page, [{ insert: 'b' }, { insert: 'a' }, { back: 1, insert: 'à' }, { insert: ' ' }])
    await expect(name).toHaveValue('bà Nguyễn Thị Đường')
    await page.getByRole('button', { name: 'Bỏ nháp' }).click()
  })
}

test('F10 covers a name half typed; Esc gives it back with the caret where it was', async () => {
  const { page } = desk
  await openIntake(page)
  await page.keyboard.type('Nguyễn Đường')
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('F10')
  await expect(page.getByText('Màn hình đang che. Nhấn F10 hoặc Esc để mở.')).toBeVisible()
  const seen = await page.evaluate(() =>
    [
      [10, 10],
      [500, 300],
      [1300, 700],
    ].map(([x = 0, y = 0]) => document.elementFromPoint(x, y)?.closest('dialog') !== null),
  )
  expect(seen).toEqual([true, true, true])
  await page.screenshot({ path: test.info().outputPath('covered.png') })
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.type('Thị ')
  await expect(page.locator('[name="applicant/name"]')).toHaveValue('Nguyễn Thị Đường')
  await page.getByRole('button', { name: 'Bỏ nháp' }).click()
})

test('the palette says each procedure in full, and its chosen row stays inside', async () => {
  const { page } = desk
  await page.keyboard.press('Control+K')
  await expect(page.getByRole('textbox', { name: 'Tìm hồ sơ, người, thủ tục, lệnh' })).toBeFocused()
  await page.keyboard.type('dang ky')
  const row = page.getByRole('button', { name: /^Đăng ký khai sinh Trong ngày, miễn phí/ })
  await expect(row).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.screenshot({ path: test.info().outputPath('palette.png') })
  const [list, inside] = await Promise.all([page.getByRole('dialog').boundingBox(), row.boundingBox()])
  expect((inside?.x ?? 0) + (inside?.width ?? 0)).toBeLessThan((list?.x ?? 0) + (list?.width ?? 0) - 3)
  const cut = await page
    .locator('.mantine-Spotlight-actionDescription')
    .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent))
  expect(cut).toEqual([])
  await page.keyboard.press('Escape')
})

test('no screen has an accessibility fault, in light, dark and high contrast', async () => {
  test.setTimeout(3 * 60_000)
  const { page } = desk
  for (const theme of ['Sáng', 'Tối', 'Tương phản cao']) {
    await page.keyboard.press('F1')
    await page.getByRole('button', { name: 'Cài đặt' }).click()
    await page.getByRole('dialog').getByText(theme, { exact: true }).click()
    await page.keyboard.press('Escape')
    // A dialog that is still fading out has no contrast to judge.
    await expect(page.getByRole('dialog')).toBeHidden()
    for (const open of screens) {
      await open(page)
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
      expect(violations.map(({ id, nodes }) => `${theme}: ${id} ${nodes[0]?.html.slice(0, 160)}`)).toEqual([])
    }
  }
})

const screens: readonly ((page: Page) => Promise<void>)[] = [
  async (page) => {
    await page.keyboard.press('F1')
    await expect(page.getByRole('grid')).toBeVisible()
  },
  async (page) => {
    await page.getByRole('row', { name: /Nguyễn Văn Thử/ }).click()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Diễn biến' })).toBeVisible()
  },
  async (page) => {
    await page.getByRole('button', { name: 'Khác' }).click()
    await expect(page.getByRole('menuitem', { name: /Xem bản in/ })).toBeVisible()
  },
  openIntake,
  async (page) => {
    await page.keyboard.press('F8')
    await expect(page.getByRole('heading', { name: 'Cuối ngày và gửi hồ sơ' })).toBeVisible()
  },
  async (page) => {
    await page.getByRole('link', { name: /Niêm yết/ }).click()
    await expect(page.getByRole('heading', { name: 'Niêm yết thủ tục' })).toBeVisible()
  },
]

test('the status bar tells all it has to, also in big text and in the smallest window', async () => {
  const { page } = desk
  const cells = page.getByRole('region', { name: 'Trạng thái' }).locator(':scope > :not(:empty)')
  for (const [width, size] of [
    [1366, '100 %'],
    [1366, '150 %'],
    [1024, '100 %'],
    [1024, '150 %'],
  ] as const) {
    await page.setViewportSize({ width, height: 700 })
    await page.keyboard.press('F1')
    await page.getByRole('button', { name: 'Cài đặt' }).click()
    await page.getByRole('dialog').getByText(size, { exact: true }).click()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    const words = (await cells.allInnerTexts()).join(' | ')
    expect(words).toContain('PDF')
    expect(words).toMatch(size === '100 %' && width === 1366 ? /Gửi lần cuối \d\d:\d\d hôm nay/ : /Gửi \d\d:\d\d/)
    for (const cell of await cells.all()) {
      const box = await cell.boundingBox()
      expect(box && box.x + box.width, `${words} at ${width}, ${size}`).toBeLessThanOrEqual(width + 1)
    }
  }
  await page.getByRole('button', { name: 'Cài đặt' }).click()
  await page.getByRole('dialog').getByText('100 %', { exact: true }).click()
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1366, height: 768 })
})

/** Somebody who would answer whatever asks, from any page. */
async function openOutside() {
  let heard = 0
  const server = http.createServer((_request, response) => {
    heard += 1
    response.end('heard')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    heard: () => heard,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

test('the receipt as it prints, and a scan, are shown in windows of their own, from memory, that reach nothing', async () => {
  const { page, app } = desk
  await page.keyboard.press('F1')
  await page.getByRole('row', { name: /Nguyễn Văn Thử/ }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Diễn biến' })).toBeVisible()
  const outside = await openOutside()
  const locked = { bridge: false, node: false, fetched: 'rejected' }
  const preview = await showDocument(() => page.keyboard.press('Control+P'))
  // The viewer without its page is a picture of two greys, a tenth of this.
  await expect.poll(() => preview.pictureBytes('preview.png'), { timeout: 20_000 }).toBeGreaterThan(40_000)
  expect(await preview.reach()).toEqual(locked)
  await preview.close()
  const scan = await showDocument(() => page.getByRole('button', { name: /Xem bản quét/ }).click())
  await expect.poll(() => scan.pictureBytes('scan.png'), { timeout: 20_000 }).toBeGreaterThan(1_000)
  expect(await scan.reach()).toEqual(locked)
  await scan.close()
  expect(outside.heard()).toBe(0)
  await outside.close()

  async function showDocument(open: () => Promise<void>) {
    const [window] = await Promise.all([
      app.waitForEvent('window', (one) => one.url().startsWith('desk://document/')),
      open(),
    ])
    const url = window.url()
    return {
      /** What the document's own scripts could use, if it brought any. */
      reach: () =>
        window.evaluate(async (somewhere) => {
          const [fetched] = await Promise.allSettled([fetch(somewhere, { mode: 'no-cors' })])
          return {
            bridge: 'desk' in globalThis,
            node: 'require' in globalThis || 'process' in globalThis,
            fetched: fetched.status,
          }
        }, outside.url),
      pictureBytes: async (name: string) => {
        const png = await app.evaluate(async ({ BrowserWindow }, shownUrl) => {
          const shown = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL() === shownUrl)
          return (await shown?.webContents.capturePage())?.toPNG().toString('base64') ?? ''
        }, url)
        const picture = Buffer.from(png, 'base64')
        writeFileSync(test.info().outputPath(name), picture)
        return picture.byteLength
      },
      close: () => window.close(),
    }
  }
})

test('main answers the desk’s own page alone: not the same page in another window, not another page in this one', async () => {
  const { app, page } = desk
  const answers = await app.evaluate(async ({ BrowserWindow, app: electronApp }) => {
    const ask = (window: Electron.BrowserWindow) => window.webContents.executeJavaScript(`desk.call('desk.status')`)
    const own = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().startsWith('desk://app'))
    if (!own) throw new Error('no window of the desk')
    const preload = `${electronApp.getAppPath()}/out/preload/preload.cjs`
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await stranger.loadURL(own.webContents.getURL())
    const sameElsewhere = await ask(stranger)
    stranger.destroy()
    const before = own.webContents.getURL()
    await own.loadURL('data:text/html,<title>somebody else</title>')
    const otherHere = await ask(own)
    await own.loadURL(before)
    return { sameElsewhere, otherHere, own: (await ask(own)).ok }
  })
  const refused = { ok: false, error: { code: 'ipc/untrusted-sender' } }
  expect(answers).toEqual({ sameElsewhere: refused, otherHere: refused, own: true })
  await page.getByRole('link', { name: /^Việc cần làm/ }).click()
  await expect(page.getByRole('grid')).toBeVisible()
})

test('a second start gives way to the first', async () => {
  expect(await desk.startAgain()).toBe(0)
  await desk.page.keyboard.press('F1')
  await expect(desk.page.getByRole('grid')).toBeVisible()
})

test('the view is wiped while the app is closed: it is built again from the journal', async () => {
  await desk.close()
  const folder = stage.deskFolder('Quầy 1')
  rmSync(path.join(folder, 'IndexedDB'), { recursive: true })
  desk = await stage.openDesk('Quầy 1')
  await signIn(desk.page, 'Phạm Thị Hạnh')
  await expect(desk.page.getByRole('row', { name: /Nguyễn Văn Thử/ })).toBeVisible()
})

test('the page is locked in: no network, no new window, no navigation, no permission, no Node', async () => {
  const { page, app } = desk
  const outside = await openOutside()
  const facts = await page.evaluate(async (somewhere) => {
    const fetched = await fetch(somewhere, { mode: 'no-cors' }).then(
      () => 'fetched',
      () => 'refused',
    )
    const permission = await navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)
    return {
      fetched,
      permission,
      opened: window.open('https://example.org/') === null,
      node: 'require' in window || 'process' in window,
      inline: (() => {
        const script = document.createElement('script')
        script.textContent = 'window.injected = true'
        document.head.append(script)
        return 'injected' in window
      })(),
      isolated: Object.keys(window.desk).sort(),
    }
  }, outside.url)
  expect(outside.heard()).toBe(0)
  await outside.close()
  expect(facts).toEqual({
    fetched: 'refused',
    permission: 'denied',
    opened: true,
    node: false,
    inline: false,
    isolated: ['call', 'onHint'],
  })
  const before = page.url()
  await page.evaluate(() => {
    window.location.href = 'https://example.org/'
  })
  await page.waitForTimeout(300)
  expect(page.url()).toBe(before)
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().startsWith('desk://app'))
    // Electron has it on every version; its types hide it.
    const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> } | undefined
    const { sandbox, contextIsolation, nodeIntegration } = contents?.getLastWebPreferences() ?? {}
    return { sandbox, contextIsolation, nodeIntegration }
  })
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false })
})
