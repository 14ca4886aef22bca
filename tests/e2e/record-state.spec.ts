import { expect, type Page, test } from '@playwright/test'
import { openNarrowLine } from '../harness/narrow-line.ts'
import { certifiedCopy } from '../story/cases.ts'
import { addNote, expectLine, openDossier, signIn } from '../story/desk-acts.ts'
import { fillIntake, receiveAndPrint } from '../story/keyboard-intake.ts'
import { openStage } from '../story/stage.ts'

async function expectState(page: Page, words: string): Promise<void> {
  await page.keyboard.press('F1')
  const row = page.getByRole('row', { name: /Nguyễn Văn Thử/ })
  await expect(row.getByRole('img', { name: words })).toBeVisible({ timeout: 30_000 })
}

test('a line that hangs, is cut, and a kill: the row says "Đang gửi" only while it is sent, and the last success stays told', async () => {
  test.setTimeout(3 * 60_000)
  const stage = await openStage(test.info().outputPath('papers'))
  try {
    const district = await stage.startDistrict()
    const line = await openNarrowLine(district.url, {})
    const desk = await stage.openDesk('Quầy 1', `${line.url}#${stage.code()}`)
    const { page } = desk
    await signIn(page, 'Phạm Thị Hạnh')
    await expectLine(page, 'Gửi lần cuối')

    await test.step('sent into silence, and noted meanwhile', async () => {
      line.freeze()
      await fillIntake(page, certifiedCopy)
      await receiveAndPrint(page)
      await expectState(page, 'Đang gửi')
      await openDossier(page, 'Nguyễn Văn Thử')
      await addNote(page, 'Hẹn gọi lại')
      await expectState(page, 'Đang gửi')
    })

    await test.step('the line is cut', async () => {
      await line.close()
      await expectLine(page, 'Mất mạng')
      await expectState(page, 'Chờ gửi')
    })

    await test.step('kill -9, and opened again without a line', async () => {
      await desk.kill()
      const again = (await stage.openDesk('Quầy 1')).page
      await signIn(again, 'Phạm Thị Hạnh')
      await expectState(again, 'Chờ gửi')
      await expectLine(again, 'Mất mạng')
      await expectLine(again, 'Gửi lần cuối')
    })
  } finally {
    await stage.clear()
  }
})
