import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { openFaultyLine } from '../harness/faulty-line.ts'
import { pdfFacts, pdfQrText, pdfWords } from '../harness/read-pdf.ts'
import { readBooks, readStream } from './books.ts'
import { morning } from './cases.ts'
import {
  addNote,
  enrolByHand,
  expectLine,
  finishDossier,
  handOver,
  openDossier,
  sendEverything,
  signIn,
} from './desk-acts.ts'
import { fillIntake, receiveAndPrint } from './keyboard-intake.ts'
import { openStage } from './stage.ts'
import type { Telling } from './telling.ts'

/** One morning at Gôi: two desks, five citizens, a line that goes away, a PC that is switched off, a line that comes back. */
export async function tellOneMorning({ papers, picture, step }: Telling): Promise<void> {
  const stage = await openStage(papers)
  try {
    let district = await stage.startDistrict()
    const line = await openFaultyLine(district.url, () => 'none')
    let a = await stage.openDesk('Quầy 1')
    const numbers: string[] = []
    const showIntake = async (page: Page) => {
      await picture(page, 'intake-documents')
      await page.keyboard.press('Control+2')
      await picture(page, 'intake')
    }

    await step('desk A is enrolled by hand and an officer signs in', async () => {
      await picture(a.page, 'enrolment')
      await enrolByHand(a.page, line.url, stage.code(), 'Quầy 1')
      await expect(a.page.getByRole('heading', { name: 'Đăng nhập' })).toBeVisible()
      await picture(a.page, 'sign-in')
      await signIn(a.page, 'Phạm Thị Hạnh')
      await expectLine(a.page, 'Có mạng')
    })

    const b = await stage.openDesk('Quầy 2', `${district.url}#${stage.code()}`)
    await step('desk B of the same unit is enrolled, and a leader signs in there', async () => {
      await signIn(b.page, 'Hoàng Văn Sơn')
      await expectLine(b.page, 'Có mạng')
    })

    await step('the district stops; both desks say so and go on', async () => {
      line.setUp(false)
      await district.stop()
      for (const { page } of [a, b]) await expectLine(page, 'Mất mạng, vẫn làm việc được')
      await picture(a.page, 'work-list-empty')
    })

    await step('five different procedures are received by keyboard, with scans, without a line', async () => {
      for (const [at, request] of morning.entries()) {
        await fillIntake(a.page, request)
        if (at === 0) await showIntake(a.page)
        numbers.push(await receiveAndPrint(a.page))
        if (at === 0) await picture(a.page, 'received')
      }
      expect(new Set(numbers).size).toBe(5)
    })

    await step('the receipts read as paper and as data', async () => {
      expect(readdirSync(papers).filter((name) => name.endsWith('.pdf'))).toHaveLength(5)
      for (const [at, number] of numbers.entries()) {
        const file = path.join(papers, `${number}.pdf`)
        const words = await pdfWords(file)
        expect(words).toContain('GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ')
        expect(words).toContain(morning[at]?.answers['applicant/name'])
        expect(words).toContain(number)
        expect(await pdfQrText(file)).toBe(number)
        expect(await pdfFacts(file)).toMatchObject({ width: 148, height: 210 })
      }
    })

    await step('a sixth intake is only typed; then every process is killed', async () => {
      await a.page.keyboard.press('F2')
      await a.page.keyboard.type('dkkh')
      await a.page.keyboard.press('Enter')
      await a.page.keyboard.press('Control+2')
      await a.page.keyboard.type('Lê Thị Dở Dang')
      await expect(a.page.getByLabel('Trạng thái')).toContainText('Đã lưu nháp')
      await a.kill()
    })

    await step(
      'after the restart everything acknowledged is there, the draft and the scans too, still unsent',
      async () => {
        a = await stage.openDesk('Quầy 1')
        await signIn(a.page, 'Phạm Thị Hạnh')
        for (const request of morning) {
          await expect(
            a.page.getByRole('row', { name: new RegExp(request.answers['applicant/name'] ?? '') }),
          ).toContainText(/./)
        }
        await expect(a.page.getByRole('row', { name: /Lê Thị Dở Dang/ })).toBeVisible()
        await expect(a.page.getByLabel('Trạng thái')).toContainText('5 việc')
        await expectLine(a.page, 'Mất mạng, vẫn làm việc được')
        await picture(a.page, 'work-list')
        for (const request of morning)
          await expectScanReads(a.page, request.answers['applicant/name'] ?? '', request.scan.buffer)
        await a.page.keyboard.press('F8')
        await expect(a.page.getByRole('heading', { name: 'Cuối ngày và gửi hồ sơ' })).toBeVisible()
        await picture(a.page, 'outbox-offline')
      },
    )

    await step('the district comes back and takes all five', async () => {
      district = await stage.startDistrict()
      line.setUp(true)
      await sendEverything(a.page)
      const checks = a.page.getByRole('region', { name: 'Trước khi về' })
      await expect(checks.getByRole('row')).toHaveCount(5)
      const beyond = await checks.evaluate((card) => card.scrollHeight - card.clientHeight)
      expect(beyond, 'the checks of the day’s end fit without scrolling').toBe(0)
      await picture(a.page, 'outbox-sent')
    })

    await step('desk B, open all the while, finds the district by itself and shows what desk A received', async () => {
      await expectLine(b.page, 'Có mạng')
      for (const request of morning) {
        await expect(
          b.page.getByRole('row', { name: new RegExp(request.answers['applicant/name'] ?? '') }),
        ).toBeVisible({ timeout: 90_000 })
      }
      await picture(b.page, 'second-desk')
    })

    await step('B hands over one result while A, without a line, adds a note; both converge', async () => {
      line.setUp(false)
      await openDossier(a.page, 'Nguyễn Văn Thử')
      await addNote(a.page, 'Người dân gọi hỏi lúc 9 giờ')
      await openDossier(b.page, 'Nguyễn Văn Thử')
      await finishDossier(b.page, '12')
      await handOver(b.page)
      await sendEverything(b.page)
      line.setUp(true)
      await sendEverything(a.page)
      await sendEverything(b.page)
      for (const desk of [a, b]) {
        await desk.page.keyboard.press('F1')
        await desk.page.getByRole('button', { name: /^Đã trả/ }).click()
        await openFromList(desk.page, 'Nguyễn Văn Thử')
        await expect(desk.page.getByText('Ghi chú: Người dân gọi hỏi lúc 9 giờ')).toBeVisible()
        await expect(desk.page.getByText(/Trả kết quả cho/)).toBeVisible()
      }
      await picture(a.page, 'dossier')
    })

    await step('the posted catalogue', async () => {
      await a.page.getByRole('link', { name: /Niêm yết/ }).click()
      await expect(a.page.getByRole('heading', { name: /niêm yết/i })).toBeVisible()
      await picture(a.page, 'catalogue')
      await a.page.keyboard.press('Control+K')
      await expect(a.page.getByPlaceholder(/Tìm hồ sơ, người/)).toBeFocused()
      await a.page.keyboard.type('khai')
      await picture(a.page, 'palette')
      await a.page.keyboard.press('Escape')
    })

    await step('the district holds exactly what both journals admitted, each once, and no number twice', async () => {
      await a.close()
      await b.close()
      const books = [await readBooks(stage.deskFolder('Quầy 1')), await readBooks(stage.deskFolder('Quầy 2'))]
      const stream = await readStream(district.url, stage.code())
      expect(books.map(({ unsent }) => unsent)).toEqual([0, 0])
      const admitted = new Map(books.flatMap((book) => [...book.admitted]))
      expect(stream.map(({ seq }) => seq)).toEqual(stream.map((_, at) => at + 1))
      expect(new Map(stream.map(({ event, text }) => [event.id, text]))).toEqual(admitted)
      expect(stream).toHaveLength(admitted.size)
      const received = stream.flatMap(({ event }) =>
        event.type === 'dossier-received' ? [(event.body.number as { text: string }).text] : [],
      )
      expect(received.sort()).toEqual([...numbers].sort())
    })
    await line.close()
  } catch (cause) {
    for (const [at, desk] of stage.openDesks().entries())
      await picture(desk.page, `failure-${at + 1}`).catch(() => undefined)
    throw cause
  } finally {
    await stage.clear()
  }
}

async function openFromList(page: Page, applicant: string): Promise<void> {
  await page.getByRole('row', { name: new RegExp(applicant) }).click()
  await page.keyboard.press('Enter')
}

/** Asks main for the bytes of a dossier's scan, as the viewer would. */
async function expectScanReads(page: Page, applicant: string, bytes: Buffer): Promise<void> {
  const read = await page.evaluate(async (name) => {
    const changes = await window.desk.call('projection.changes', { after: 0, limit: 500 })
    if (!changes.ok) return changes.error.code
    const view = changes.value.changes.find(({ dossier }) => dossier.applicant.name === name)
    if (!view || view.dossier.state.status === 'refused') return 'no dossier'
    const scan = view.dossier.state.reception.documents.flatMap((document) => document.scans)[0]
    if (!scan) return 'no scan'
    const part = await window.desk.call('attachments.read', { sha256: scan.sha256, offset: 0 })
    return part.ok ? [...part.value.part] : part.error.code
  }, applicant)
  expect(Buffer.from(read as number[]).equals(bytes), `scan of ${applicant}`).toBe(true)
}
