import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { readDraft } from '../../../renderer/features/intake/draft-content.ts'
import { draftsCell } from '../../../renderer/store/use-drafts.ts'
import { IntakeDesk } from './intake-desk.ts'
import { ctrl, press, typeText } from './keyboard.ts'
import { renderIntake } from './render-intake.tsx'

afterEach(() => {
  vi.useRealTimers()
  draftsCell.set([])
})

const birth = '#/intake?procedure=1.001193'

function field(name: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`[name="${name}"]`)
  if (!found) throw new Error(`no field ${name}`)
  return found
}

async function pass(ms: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms))
}

test('a draft is saved within a second of the last key, and an untouched form never', async () => {
  vi.useFakeTimers()
  const { desk } = await renderIntake({ hash: birth })
  await pass(3_000)
  expect(desk.saves).toBe(0)
  fireEvent.change(field('applicant/name'), { target: { value: 'Vũ' } })
  await pass(300)
  fireEvent.change(field('applicant/name'), { target: { value: 'Vũ Thị' } })
  await pass(400)
  expect(desk.saves).toBe(0)
  await pass(300)
  expect(desk.saves).toBe(1)
  expect(screen.getByText(/^Lưu nháp tự động lúc 09:47:0\d$/)).toBeVisible()
  expect(screen.getByLabelText('Dòng trạng thái')).toHaveTextContent(/Đã lưu nháp 09:47:0\d/)
  const [draft] = [...desk.drafts.values()]
  expect(draft && readDraft({ id: 'any' as never, savedAt: '', content: draft.content })).toMatchObject({
    procedureCode: '1.001193',
    values: { 'applicant/name': 'Vũ Thị' },
  })
})

test('someone who never pauses is saved all the same', async () => {
  vi.useFakeTimers()
  const { desk } = await renderIntake({ hash: birth })
  for (let letter = 1; letter <= 30; letter += 1) {
    fireEvent.change(field('applicant/name'), { target: { value: 'a'.repeat(letter) } })
    await pass(200)
  }
  expect(desk.saves).toBeGreaterThanOrEqual(2)
})

test.each([
  ['the field is left', () => fireEvent.focusOut(field('applicant/name'))],
  ['the window loses the focus', () => fireEvent.blur(window)],
  ['the page is hidden', () => fireEvent(document, new Event('visibilitychange'))],
])('a draft is saved at once when %s', async (_when, leave) => {
  vi.useFakeTimers()
  const { desk } = await renderIntake({ hash: birth })
  field('applicant/name').focus()
  fireEvent.change(field('applicant/name'), { target: { value: 'Vũ' } })
  leave()
  await pass(10)
  expect(desk.saves).toBe(1)
})

test('a draft is saved at once when main says that the window closes', async () => {
  vi.useFakeTimers()
  const { desk } = await renderIntake({ hash: birth })
  fireEvent.change(field('applicant/name'), { target: { value: 'Vũ' } })
  desk.hint('closing')
  await pass(10)
  expect(desk.saves).toBe(1)
})

test('a draft that cannot be saved says so and is tried again', async () => {
  vi.useFakeTimers()
  const desk = new IntakeDesk()
  desk.fail('drafts.save', { code: 'store/full' })
  await renderIntake({ desk, hash: birth })
  fireEvent.change(field('applicant/name'), { target: { value: 'Vũ' } })
  await pass(700)
  expect(screen.getByRole('alert')).toHaveTextContent('Chưa lưu được bản nháp: Ổ đĩa đầy, chưa lưu được.')
  await pass(5_100)
  expect(screen.queryByRole('alert')).toBeNull()
  expect(desk.saves).toBe(1)
})

test('saving renders no input again and leaves the caret', async () => {
  const { user, desk } = await renderIntake({ hash: birth })
  const name = field('applicant/name')
  await typeText(user, 'Vũ Thị Thảo')
  name.setSelectionRange(2, 2)
  await waitFor(() => expect(desk.saves).toBeGreaterThan(0), { timeout: 2_000 })
  expect(field('applicant/name')).toBe(name)
  expect(name).toHaveFocus()
  expect(name.selectionStart).toBe(2)
})

test('a reopened draft brings everything back, to the same field', async () => {
  const first = await renderIntake({ hash: birth })
  await typeText(first.user, 'Vũ Thị Thảo')
  await press(first.user, '{Enter}036190012345')
  fireEvent.change(field('declaration/child/name'), { target: { value: 'Trần Minh Khôi' } })
  field('applicant/personalId').focus()
  await waitFor(() => expect(first.desk.drafts.size).toBe(1), { timeout: 2_000 })
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/intake\/[0-9a-f-]{36}$/))
  const { hash } = window.location
  first.unmount()

  await renderIntake({ desk: first.desk, hash })
  expect(await screen.findByText(/^Mở lại bản nháp lưu lúc 09:47:\d\d$/)).toBeVisible()
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Tiếp nhận: Đăng ký khai sinh')
  expect(field('applicant/name')).toHaveValue('Vũ Thị Thảo')
  expect(field('declaration/child/name')).toHaveValue('Trần Minh Khôi')
  expect(field('applicant/personalId')).toHaveFocus()
})

test('a draft of a newer version is left alone', async () => {
  const desk = new IntakeDesk()
  const id = '01890000-0000-7000-8000-000000000001'
  desk.saveDraft(id, { version: 99 })
  await renderIntake({ desk, hash: `#/intake/${id}` })
  expect(await screen.findByRole('alert')).toHaveTextContent('Bản nháp do ứng dụng mới hơn lập')
  expect(desk.saves).toBe(0)
})

test('damaged parts of a draft fall away and the rest is kept', async () => {
  const session = readDraft({
    id: '01890000-0000-7000-8000-000000000001' as never,
    savedAt: '2022-08-17T02:47:00.000Z',
    content: {
      version: 1,
      dossierId: '01890000-0000-7000-8000-000000000002',
      commandId: '01890000-0000-7000-8000-000000000003',
      values: { 'applicant/name': 'Vũ Thị Thảo' },
      scans: 'nonsense',
      scrollTop: 'far',
      unheardOf: true,
    },
  })
  expect(session).toMatchObject({ values: { 'applicant/name': 'Vũ Thị Thảo' }, scans: {}, scrollTop: 0 })
})

test('a discarded draft comes back with Ctrl Z', async () => {
  const { user, desk } = await renderIntake({ hash: birth })
  await typeText(user, 'Vũ Thị Thảo')
  await user.click(screen.getByRole('button', { name: 'Bỏ nháp' }))
  expect(await screen.findByText('Đã bỏ bản nháp. Ctrl Z để lấy lại.', { selector: 'p' })).toBeVisible()
  expect(desk.drafts.size).toBe(0)
  await ctrl(user, 'z')
  await waitFor(() => expect(field('applicant/name')).toHaveValue('Vũ Thị Thảo'))
  expect(desk.drafts.size).toBe(1)
})

test('after the receipt no draft is written any more', async () => {
  const { desk, user } = await renderIntake({ hash: birth })
  fireEvent.change(field('applicant/name'), { target: { value: 'Vũ' } })
  for (const input of document.querySelectorAll<HTMLInputElement>('[name^="declaration/"]')) {
    if (!input.required) continue
    const value = input instanceof HTMLSelectElement ? (input.options[1]?.value ?? '') : '09/08/2022'
    fireEvent.change(input, { target: { value } })
    fireEvent.blur(input)
  }
  fireEvent.keyDown(window, { key: 'F6' })
  await ctrl(user, '{Enter}')
  expect(await screen.findByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible()
  const saves = desk.saves
  await new Promise((resolve) => setTimeout(resolve, 900))
  expect(desk.saves).toBe(saves)
  expect(desk.drafts.size).toBe(0)
})
