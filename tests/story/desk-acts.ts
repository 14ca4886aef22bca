import { expect, type Locator, type Page } from '@playwright/test'
import type { DeskApp } from '../harness/desk-app.ts'

/** What officers do at the desk, by keyboard where the story asks for it. */
export async function enrolByHand(page: Page, url: string, code: string, deskName: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Ghi danh máy này' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Địa chỉ' })).toBeFocused()
  await page.keyboard.type(url)
  await page.keyboard.press('Tab')
  await page.keyboard.type(code)
  await page.keyboard.press('Tab')
  await page.keyboard.type(deskName)
  await page.keyboard.press('Enter')
}

/** The officer is chosen with arrow keys, then Tab and the code. */
export async function signIn(page: Page, officer: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Đăng nhập' })).toBeVisible()
  const choice = page.getByRole('radio', { name: new RegExp(officer) })
  await expect(choice).toBeVisible()
  await page.keyboard.press('Shift+Tab')
  for (let step = 0; step < 10 && !(await choice.isChecked()); step += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await page.keyboard.type('123456')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Việc cần làm' })).toBeVisible()
}

export async function expectLine(page: Page, words: string): Promise<void> {
  await expect(page.getByLabel('Trạng thái')).toContainText(words, { timeout: 90_000 })
}

/** Opens a dossier from the work list by its applicant. */
export async function openDossier(page: Page, applicant: string): Promise<void> {
  await page.keyboard.press('F1')
  await expect(page.getByRole('heading', { name: 'Việc cần làm' })).toBeVisible()
  await page.getByRole('row', { name: new RegExp(applicant) }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: new RegExp(`^${applicant}`) })).toBeVisible()
}

/** What stands behind "Khác", by keyboard. */
export async function chooseBesides(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Khác' }).focus()
  await page.keyboard.press('Enter')
  const item = page.getByRole('menuitem', { name })
  await expect(item).toBeVisible()
  for (let step = 0; step < 5 && !(await isFocused(item)); step += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

function isFocused(place: Locator): Promise<boolean> {
  return place.evaluate((element) => element === document.activeElement)
}

export async function addNote(page: Page, text: string): Promise<void> {
  await chooseBesides(page, 'Ghi chú')
  await page.getByRole('textbox', { name: 'Nội dung' }).fill(text)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Ghi chú: ${text}`)).toBeVisible()
}

export async function finishDossier(page: Page, number: string): Promise<void> {
  await page.getByRole('button', { name: 'Ghi kết quả' }).click()
  await page.getByRole('textbox', { name: 'Số (nếu có)' }).fill(number)
  await page.getByRole('button', { name: 'Lưu kết quả' }).click()
  await expect(page.getByText(new RegExp(`Có kết quả: .* số ${number}`))).toBeVisible()
}

export async function handOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Trả kết quả' }).click()
  await page.getByRole('button', { name: 'Đã trả kết quả' }).click()
  await expect(page.getByText(/Trả kết quả cho/)).toBeVisible()
}

/** F8, "Gửi ngay", and everything of this desk is at the district. */
export async function sendEverything(page: Page): Promise<void> {
  await page.keyboard.press('F8')
  await page.getByRole('button', { name: 'Gửi ngay' }).click()
  await expect(page.getByLabel('Trạng thái')).toContainText('Đã gửi hết', { timeout: 90_000 })
}

/** The file dialog belongs to the operating system and cannot be driven: main's own dialog answers instead. */
export async function answerDialogs({ app }: DeskApp, file: string): Promise<void> {
  await app.evaluate(({ dialog }, answer) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: answer })
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] })
  }, file)
}
