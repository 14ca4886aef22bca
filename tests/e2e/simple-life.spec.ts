import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { pdfWords } from '../harness/read-pdf.ts'
import { certifiedCopy } from '../story/cases.ts'
import { finishDossier, handOver, openDossier, signIn } from '../story/desk-acts.ts'
import { fillIntake, receiveAndPrint } from '../story/keyboard-intake.ts'
import { openStage } from '../story/stage.ts'

test('one dossier from the counter to the hand-over, by three officers; another refused at the counter', async () => {
  test.setTimeout(4 * 60_000)
  const stage = await openStage(test.info().outputPath('papers'))
  try {
    const district = await stage.startDistrict()
    const { page } = await stage.openDesk('Quầy 1', `${district.url}#${stage.code()}`)
    const signOut = () => page.getByRole('button', { name: 'Đăng xuất' }).click()

    await test.step('reception receives, and is offered nothing that belongs to others', async () => {
      await signIn(page, 'Phạm Thị Hạnh')
      await fillIntake(page, certifiedCopy)
      await receiveAndPrint(page)
      await page.keyboard.press('F1')
      await expect(page.getByRole('gridcell', { name: 'Chứng thực bản sao từ bản chính' })).toBeVisible()
      const cut = await page
        .getByRole('gridcell')
        .evaluateAll((cells) =>
          cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent),
        )
      expect(cut, 'cut off').toEqual([])
      await page.screenshot({ path: test.info().outputPath('work-list.png') })
      await openDossier(page, 'Nguyễn Văn Thử')
      await expect(page.getByRole('button', { name: 'Khác' })).toBeVisible()
      await expect(page.getByRole('button', { name: 'Nhận xử lý' })).toHaveCount(0)
      await expect(page.getByRole('button', { name: 'Ghi kết quả' })).toHaveCount(0)
    })

    await test.step('a citizen whose paper belongs elsewhere is refused, with a slip and without a number', async () => {
      await page.keyboard.press('F2')
      await page.keyboard.type('dkks')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Control+2')
      await page.keyboard.type('Trần Thị Mẫu')
      await page.getByRole('button', { name: 'Từ chối tiếp nhận' }).click()
      await page.getByRole('textbox', { name: 'Lý do từ chối' }).fill('Nơi đăng ký là xã Kim Thái.')
      await page.getByRole('button', { name: 'Lưu và in phiếu từ chối' }).click()
      await expect(page.getByRole('heading', { name: 'Đã ghi từ chối tiếp nhận' })).toBeVisible()
      await expect(page.getByText('Đã gửi phiếu từ chối tới máy in PDF.')).toBeVisible()
      const slip = readdirSync(stage.papers).find((name) => name.startsWith('tu-choi'))
      const words = await pdfWords(path.join(stage.papers, slip ?? 'no slip'))
      expect(words).toContain('PHIẾU TỪ CHỐI')
      expect(words).toContain('Nơi đăng ký là xã Kim Thái.')
      expect(words).toContain('Trần Thị Mẫu')
    })

    await test.step('a leader may do most of all, and still reads whose dossier it is', async () => {
      await signOut()
      await signIn(page, 'Hoàng Văn Sơn')
      await openDossier(page, 'Nguyễn Văn Thử')
      const heading = page.getByRole('heading', { level: 1 })
      await expect(heading).toHaveText('Nguyễn Văn Thử: Chứng thực bản sao từ bản chính')
      const title = await heading.boundingBox()
      const step = await page.getByRole('button', { name: 'Ghi kết quả' }).boundingBox()
      expect(title?.width).toBeGreaterThan(280)
      expect(step?.y, 'buttons beside the title').toBeLessThan((title?.y ?? 0) + (title?.height ?? 0))
      await page.screenshot({ path: test.info().outputPath('leader.png') })
    })

    await test.step('a specialist takes it up and finishes it', async () => {
      await signOut()
      await signIn(page, 'Nguyễn Quang Bình')
      await openDossier(page, 'Nguyễn Văn Thử')
      await expect(page.getByRole('button', { name: 'Trả kết quả' })).toHaveCount(0)
      await page.getByRole('button', { name: 'Nhận xử lý' }).click()
      await expect(page.getByText('Nhận xử lý.')).toBeVisible()
      await finishDossier(page, '15')
    })

    await test.step('reception hands the result over', async () => {
      await signOut()
      await signIn(page, 'Trần Thị Mai')
      await openDossier(page, 'Nguyễn Văn Thử')
      await handOver(page)
    })

    await test.step('main refuses what the page would never offer', async () => {
      const answer = await page.evaluate(async () => {
        const changes = await window.desk.call('projection.changes', { after: 0, limit: 500 })
        const view = changes.ok
          ? changes.value.changes.find(({ dossier }) => dossier.state.status === 'handed-over')
          : undefined
        if (!view) return 'no dossier'
        return window.desk.call('dossier.execute', {
          commandId: view.id as never,
          command: { type: 'finish-dossier', dossierId: view.id, deliverable: { name: 'Giả' } },
        })
      })
      expect(answer).toMatchObject({ ok: false, error: { code: 'staff/not-permitted' } })
    })
  } finally {
    await stage.clear()
  }
})
