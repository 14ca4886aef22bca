import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { certifiedCopy } from '../story/cases.ts'
import { chooseBesides, openDossier, sendEverything, signIn } from '../story/desk-acts.ts'
import { fillIntake, receiveAndPrint } from '../story/keyboard-intake.ts'
import { openStage } from '../story/stage.ts'

async function correctPhone(page: Page, phone: string): Promise<void> {
  await chooseBesides(page, 'Sửa thông tin')
  const dialog = page.getByRole('dialog', { name: 'Sửa thông tin hồ sơ' })
  await expect(dialog.getByRole('textbox', { name: 'Họ và tên' }).first()).toBeFocused()
  await dialog.getByRole('textbox', { name: 'Điện thoại' }).first().fill(phone)
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText(new RegExp(`Điện thoại: .* → ${phone}`))).toBeVisible()
}

async function sendNow(page: Page): Promise<void> {
  await page.keyboard.press('F8')
  await page.getByRole('button', { name: 'Gửi ngay' }).click()
}

test('two desks correct the same phone without a line: the later one chooses, both numbers stay in Diễn biến of both', async () => {
  test.setTimeout(4 * 60_000)
  const stage = await openStage(test.info().outputPath('papers'))
  try {
    const district = await stage.startDistrict()
    const one = (await stage.openDesk('Quầy 1', `${district.url}#${stage.code()}`)).page
    const two = (await stage.openDesk('Quầy 2', `${district.url}#${stage.code()}`)).page
    await signIn(one, 'Phạm Thị Hạnh')
    await signIn(two, 'Trần Thị Mai')
    await fillIntake(one, certifiedCopy)
    await receiveAndPrint(one)
    await sendEverything(one)
    await sendNow(two)
    await two.keyboard.press('F1')
    await expect(two.getByRole('row', { name: /Nguyễn Văn Thử/ })).toBeVisible({ timeout: 60_000 })

    await test.step('the line is gone; each desk writes its own number and goes on', async () => {
      await district.stop()
      await openDossier(one, 'Nguyễn Văn Thử')
      await correctPhone(one, '0912000111')
      await openDossier(two, 'Nguyễn Văn Thử')
      await correctPhone(two, '0912000222')
      await expect(two.getByText(/Thông tin trên biên nhận đã sửa/)).toBeVisible()
    })

    await test.step('the line is back: one desk is asked, with both numbers, and nothing is chosen for it', async () => {
      await stage.startDistrict()
      await sendEverything(one)
      await sendEverything(two)
      const asked = async () => {
        for (const page of [one, two])
          if ((await page.getByRole('button', { name: 'Xem và chọn' }).count()) > 0) return page
        return undefined
      }
      await expect.poll(async () => (await asked()) !== undefined, { timeout: 60_000 }).toBe(true)
      const page = await asked()
      if (!page) throw new Error('no desk is asked')
      await page.getByRole('button', { name: 'Xem và chọn' }).click()
      const dialog = page.getByRole('dialog', { name: 'Hai người đã sửa cùng một hồ sơ' })
      // Of two windows one has no focus of its own, so the element is asked, not the window.
      const mine = dialog.getByRole('radio', { name: /Bản của quầy này/ })
      await expect.poll(() => mine.evaluate((radio) => radio === document.activeElement)).toBe(true)
      await expect(dialog.getByRole('radio', { checked: true })).toHaveCount(0)
      const [here, there] =
        page === one ? ['Phạm Thị Hạnh', 'Trần Thị Mai, Quầy 2'] : ['Trần Thị Mai', 'Phạm Thị Hạnh, Quầy 1']
      const today = 'Hôm nay, \\d\\d:\\d\\d'
      await expect(mine).toHaveAccessibleName(new RegExp(`${here}, quầy này, ${today}`))
      await expect(dialog.getByRole('radio', { name: /Bản đang có/ })).toHaveAccessibleName(
        new RegExp(`${there}, ${today}`),
      )
      await page.screenshot({ path: test.info().outputPath('conflict.png') })
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      await page.keyboard.press('Space')
      await page.keyboard.press('Control+Enter')
      await expect(dialog).toBeHidden()
      await sendEverything(page)
    })

    await test.step('both histories hold both numbers', async () => {
      for (const page of [one, two]) {
        await sendNow(page)
        await openDossier(page, 'Nguyễn Văn Thử')
        const history = page.getByRole('region', { name: 'Diễn biến' })
        await expect(history.getByText('Chọn giữa hai bản đã sửa.')).toBeVisible({ timeout: 60_000 })
        await expect(history).toContainText('0912000111')
        await expect(history).toContainText('0912000222')
      }
      await one.screenshot({ path: test.info().outputPath('history.png') })
    })
  } finally {
    await stage.clear()
  }
})
