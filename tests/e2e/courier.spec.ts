import { readFileSync, truncateSync } from 'node:fs'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { takeCourierAt } from '../harness/district-process.ts'
import { certifiedCopy } from '../story/cases.ts'
import { answerDialogs, expectLine, signIn } from '../story/desk-acts.ts'
import { fillIntake, receiveAndPrint } from '../story/keyboard-intake.ts'
import { openStage } from '../story/stage.ts'

/** F8, then by keyboard to the button. */
async function press(page: Page, button: string): Promise<void> {
  await page.keyboard.press('F8')
  await page.getByRole('region', { name: 'Gửi bằng USB' }).getByRole('button', { name: button }).focus()
  await page.keyboard.press('Enter')
}

test('no line for long: by stick to the operator, by stick to another desk, and nothing twice when the line is back', async () => {
  test.setTimeout(6 * 60_000)
  const stage = await openStage(test.info().outputPath('papers'))
  const stick = (name: string) => test.info().outputPath(name)
  try {
    const district = await stage.startDistrict()
    const one = await stage.openDesk('Quầy 1', `${district.url}#${stage.code()}`)
    const two = await stage.openDesk('Quầy 2', `${district.url}#${stage.code()}`)
    await signIn(one.page, 'Phạm Thị Hạnh')
    await signIn(two.page, 'Trần Thị Mai')
    await district.stop()
    const said = one.page.getByRole('region', { name: 'Gửi bằng USB' }).getByRole('alert')

    await test.step('a dossier is received without a line, and written to a stick by keyboard', async () => {
      await fillIntake(one.page, certifiedCopy)
      await receiveAndPrint(one.page)
      await answerDialogs(one, stick('gui.motcua'))
      await press(one.page, 'Ghi ra USB…')
      await expect(said).toContainText('Đã ghi 1 việc, 1 bản quét vào tệp gui.motcua.')
      await expect(one.page.getByRole('list', { name: 'Tệp đã ghi ở quầy này' })).toContainText('chưa có biên nhận')
      expect(readFileSync(stick('gui.motcua')).includes(Buffer.from('Nguyễn Văn Thử'))).toBe(false)
      const { violations } = await new AxeBuilder({ page: one.page }).setLegacyMode(true).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([])
      await one.page.screenshot({ path: stick('usb.png') })
    })

    await test.step('a file cut on the way is refused in words, the whole one is taken, and its receipt closes the day', async () => {
      const receipt = stick('bien-nhan.motcua')
      expect(takeCourierAt(stage.districtFolder, stick('gui.motcua'), receipt)).toContain('1 events, 1 scans')
      const cut = stick('cut.motcua')
      takeCourierAt(stage.districtFolder, stick('gui.motcua'), cut)
      truncateSync(cut, 2000)
      await answerDialogs(one, cut)
      await press(one.page, 'Đọc từ USB…')
      await expect(said).toContainText('Tệp bị thiếu, chưa chép hết.')
      await answerDialogs(one, receipt)
      await press(one.page, 'Đọc từ USB…')
      await expect(said).toContainText('Huyện đã nhận 1 việc, 1 bản quét.')
      await expect(one.page.getByText('Không còn gì chờ gửi. F1 về Việc cần làm.')).toBeVisible()
      await expect(one.page.getByRole('list', { name: 'Tệp đã ghi ở quầy này' })).toContainText('đã có biên nhận')
    })

    await test.step('the next one goes by another desk, which sends it when its line is back', async () => {
      await fillIntake(one.page, certifiedCopy)
      await receiveAndPrint(one.page)
      await answerDialogs(one, stick('gui-2.motcua'))
      await press(one.page, 'Ghi ra USB…')
      await expect(said).toContainText('Đã ghi 1 việc')
      await answerDialogs(two, stick('gui-2.motcua'))
      await press(two.page, 'Đọc từ USB…')
      const carried = two.page.getByRole('list', { name: 'Tệp mang hộ' })
      await expect(carried).toContainText('Chờ có mạng để gửi hộ.')
      await one.close()
      await stage.startDistrict()
      await two.page.getByRole('button', { name: 'Gửi ngay' }).click()
      await expect(carried).toContainText('Huyện đã nhận.', { timeout: 90_000 })
      await answerDialogs(two, stick('bien-nhan-2.motcua'))
      await two.page.getByRole('button', { name: /^Ghi biên nhận ra USB…/ }).focus()
      await two.page.keyboard.press('Enter')
      await expect(two.page.getByLabel('Trạng thái')).toContainText('Đã ghi biên nhận ra USB.')
      const { violations } = await new AxeBuilder({ page: two.page }).setLegacyMode(true).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([])
      await two.page.screenshot({ path: path.join(test.info().outputPath(), 'mang-ho.png') })
    })

    await test.step('the author meets its line again: the receipt says nothing new, and nothing is sent twice', async () => {
      const again = await stage.openDesk('Quầy 1')
      await signIn(again.page, 'Phạm Thị Hạnh')
      await expectLine(again.page, 'Đã gửi hết')
      await answerDialogs(again, stick('bien-nhan-2.motcua'))
      await press(again.page, 'Đọc từ USB…')
      await expect(again.page.getByText('Biên nhận này không có gì mới.')).toBeVisible()
      await again.page.keyboard.press('F1')
      await expect(again.page.getByRole('row', { name: /Nguyễn Văn Thử/ })).toHaveCount(2)
    })
  } finally {
    await stage.clear()
  }
})
