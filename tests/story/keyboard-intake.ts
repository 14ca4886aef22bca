import { expect, type Page } from '@playwright/test'

/** One citizen's request, as a clerk keys it in. Answers are given by the field's name in the form. */
export interface IntakeCase {
  /** What the clerk types to find the procedure: initials or a few letters. */
  readonly search: string
  readonly procedure: string
  readonly answers: Readonly<Record<string, string>>
  /** A scan for the first document. */
  readonly scan: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }
}

const mostFields = 80

interface Focused {
  readonly name: string
  readonly tag: string
  readonly type: string
  readonly value: string
  readonly isButton: boolean
}

/** Everything by keyboard: F2, the procedure's initials, Enter from field to field, F6 for the papers, F7 for a scan. */
export async function fillIntake(page: Page, { search, procedure, answers, scan }: IntakeCase): Promise<void> {
  await page.keyboard.press('F2')
  await expect(page.getByRole('combobox', { name: 'Thủ tục' })).toBeFocused()
  await page.keyboard.type(search)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: `Tiếp nhận: ${procedure}` })).toBeVisible()
  const open = new Set(Object.keys(answers))
  await page.keyboard.press('Control+2')
  for (let step = 0; step < mostFields && open.size > 0; step += 1) {
    const focused = await focusedField(page)
    const answer = answers[focused.name]
    if (answer !== undefined && open.delete(focused.name)) await answerField(page, focused, answer)
    await page.keyboard.press('Enter')
    if ((await focusedField(page)).isButton) break
  }
  expect([...open], 'answers no field asked for').toEqual([])
  await page.keyboard.press('F6')
  await page.keyboard.press('Control+4')
  await takeFileDialogsPlace(page)
  await page.keyboard.press('F7')
  await page.locator('input[type=file][data-asked]').setInputFiles(scan)
  await expect(page.getByRole('button', { name: `Mở tệp ${scan.name}` })).toBeVisible()
}

/** Ctrl Enter, and what the desk answers: the number it gave. */
export async function receiveAndPrint(page: Page): Promise<string> {
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible()
  await expect(page.getByText('Đã gửi biên nhận tới máy in PDF.')).toBeVisible()
  const said = await page.getByRole('main').innerText()
  const number = /\S+-\d{6}-\d{4,}/.exec(said)?.[0]
  if (!number) throw new Error(`no number on the screen:\n${said}`)
  return number
}

/** The file dialog belongs to the operating system and cannot be driven: the input that asks for it is marked instead. */
async function takeFileDialogsPlace(page: Page): Promise<void> {
  await page.evaluate(() => {
    const answer = (event: Event) => {
      const input = event.target
      if (!(input instanceof HTMLInputElement) || input.type !== 'file') return
      event.preventDefault()
      for (const other of document.querySelectorAll('[data-asked]')) other.removeAttribute('data-asked')
      input.setAttribute('data-asked', '')
    }
    if (!document.body.hasAttribute('data-no-file-dialog')) document.addEventListener('click', answer, true)
    document.body.setAttribute('data-no-file-dialog', '')
  })
}

function focusedField(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const field = document.activeElement as HTMLInputElement | null
    return {
      name: field?.name ?? '',
      tag: field?.tagName ?? '',
      type: field?.type ?? '',
      value: field?.value ?? '',
      isButton: field?.tagName === 'BUTTON',
    }
  })
}

/** Lists answer to arrow keys; text is typed over what a suggestion left there. */
async function answerField(page: Page, { name, tag }: Focused, answer: string): Promise<void> {
  if (tag !== 'SELECT') {
    await page.keyboard.press('Control+A')
    await page.keyboard.type(answer)
    return
  }
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('ArrowDown')
    if ((await focusedField(page)).value === answer) return
  }
  throw new Error(`"${answer}" is not an option of ${name}`)
}
