import path from 'node:path'
import { expect } from '@playwright/test'
import { pdfQrText, pdfWords } from '../harness/read-pdf.ts'
import { maritalStatusToday } from './cases.ts'
import { enrolByHand, expectLine, sendEverything, signIn } from './desk-acts.ts'
import { fillIntake, receiveAndPrint } from './keyboard-intake.ts'
import { vuBan2025 } from './places.ts'
import { openStage } from './stage.ts'
import type { Telling } from './telling.ts'

/** One citizen at the commune Vụ Bản of today: the units, names and holidays are others, the work is the same. */
export async function tellOneReception({ papers, picture, step }: Telling): Promise<void> {
  const stage = await openStage(papers, vuBan2025)
  try {
    const district = await stage.startDistrict()
    const { page } = await stage.openDesk('Quầy 1')

    await step('a desk of the commune is enrolled by hand and an officer signs in', async () => {
      await picture(page, 'enrolment')
      await enrolByHand(page, district.url, stage.code(), 'Quầy 1')
      await signIn(page, 'Phạm Thị Hạnh')
      await expectLine(page, 'Có mạng')
      await expect(page.getByRole('navigation', { name: 'Chức năng' })).toContainText('Xã Vụ Bản, Ninh Bình')
      await picture(page, 'work-list-empty')
    })

    await step('a citizen is received; three working days step over the holiday of 24/11', async () => {
      await fillIntake(page, maritalStatusToday)
      await page.keyboard.press('Control+2')
      await picture(page, 'intake')
      const number = await receiveAndPrint(page)
      await expect(page.getByText('Hẹn trả 17:00, 27/11/2026', { exact: true })).toBeVisible()
      await picture(page, 'received')
      const receipt = path.join(papers, `${number}.pdf`)
      const words = await pdfWords(receipt)
      expect(words).toContain('UBND XÃ VỤ BẢN')
      expect(words).toContain('Trung tâm phục vụ hành chính công xã Vụ Bản')
      expect(words).toContain('17 giờ 00 phút, thứ Sáu, ngày 27/11/2026')
      expect(words).not.toMatch(/huyện|thị trấn|nam định/i)
      expect(await pdfQrText(receipt)).toBe(number)
    })

    await step('the province takes it, and no screen speaks of a district', async () => {
      await sendEverything(page)
      await expect(page.getByText('Tỉnh nhận gần nhất')).toBeVisible()
      await picture(page, 'outbox-sent')
      for (const key of ['F8', 'F1']) {
        await page.keyboard.press(key)
        await expect(page.locator('body')).not.toContainText(/huyện/i)
      }
      await expect(page.getByRole('row', { name: /Đỗ Ngọc Ảnh/ })).toBeVisible()
      await picture(page, 'work-list')
    })
  } finally {
    await stage.clear()
  }
}
