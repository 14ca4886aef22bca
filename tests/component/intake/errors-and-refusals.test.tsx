import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { IntakeDesk } from './intake-desk.ts'
import { ctrl, press, typeText } from './keyboard.ts'
import { renderIntake } from './render-intake.tsx'

const statusCertificate = '#/intake?procedure=2.000815'

function field(name: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`[name="${name}"]`)
  if (!found) throw new Error(`no field ${name}`)
  return found
}

function fill(name: string, value: string): void {
  fireEvent.change(field(name), { target: { value } })
  fireEvent.blur(field(name))
}

test('a short number is explained when the field is left and forgiven while it is corrected', async () => {
  const { user } = await renderIntake({ hash: statusCertificate })
  const phone = screen.getByLabelText('Điện thoại')
  await user.click(phone)
  await typeText(user, '0912 345 67')
  expect(screen.queryByText(/Thiếu số/)).toBeNull()
  await user.tab()
  expect(await screen.findByText('Thiếu số: cần 10 chữ số, mới có 9')).toBeVisible()
  expect(phone).toBeInvalid()
  expect(phone).toHaveAccessibleDescription('Thiếu số: cần 10 chữ số, mới có 9')
  expect(within(screen.getByRole('navigation', { name: 'Các phần' })).getByText('1 lỗi')).toBeVisible()
  await user.click(phone)
  await typeText(user, '8')
  await waitFor(() => expect(screen.queryByText(/Thiếu số/)).toBeNull())
})

test.each([
  ['31/02/1990', 'Tháng 2/1990 chỉ có 28 ngày'],
  ['030987', 'Gõ đủ 4 số của năm, ví dụ 03/09/1987'],
  ['hôm qua', 'Gõ ngày/tháng/năm, hoặc tháng/năm, hoặc chỉ năm'],
])('the date "%s" stays as typed and is explained', async (typed, message) => {
  const { user } = await renderIntake({ hash: statusCertificate })
  await user.click(screen.getByLabelText('Ngày sinh'))
  await typeText(user, typed)
  await user.tab()
  expect(await screen.findByText(message)).toBeVisible()
  expect(screen.getByLabelText('Ngày sinh')).toHaveValue(typed)
})

test.each([
  ['03091987', '03/09/1987', undefined],
  ['5-1990', '05/1990', 'Không rõ ngày'],
  ['1950', '1950', 'Chỉ biết năm'],
])('the date "%s" reads %s', async (typed, shown, remark) => {
  const { user } = await renderIntake({ hash: statusCertificate })
  const born = screen.getByLabelText('Ngày sinh')
  await user.click(born)
  await typeText(user, typed)
  await user.tab()
  await waitFor(() => expect(born).toHaveValue(shown))
  if (remark) expect(screen.getByText(remark)).toBeVisible()
})

test('an odd personal number is remarked upon and never stops the intake', async () => {
  const { user } = await renderIntake({ hash: statusCertificate })
  fill('applicant/gender', 'male')
  const number = field('applicant/personalId')
  await user.click(number)
  await typeText(user, '036190012345')
  await user.tab()
  expect(await screen.findByText(/thường của người giới tính khác/)).toBeVisible()
  expect(number).toBeValid()
})

test('Ctrl Enter marks every problem, goes to the first and asks main for nothing', async () => {
  const { user, desk } = await renderIntake({ hash: statusCertificate })
  await ctrl(user, '{Enter}')
  expect(await screen.findAllByText('Cần điền ô này')).not.toHaveLength(0)
  expect(screen.getByLabelText(/^Họ và tên/)).toHaveFocus()
  expect(desk.executed).toHaveLength(0)
  const button = screen.getByRole('button', { name: /Tiếp nhận và in/ })
  expect(button).toBeEnabled()
})

test('a refusal of main is shown in words; nothing typed is lost and the same command goes out again', async () => {
  const desk = new IntakeDesk()
  desk.fail('dossier.execute', { code: 'store/full' })
  const { user } = await renderIntake({ desk, hash: statusCertificate })
  fillCertifiedCopy()
  await ctrl(user, '{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('Ổ đĩa đầy, chưa lưu được.')
  expect(field('applicant/name')).toHaveValue('Vũ Thị Thảo')
  await ctrl(user, '{Enter}')
  expect(await screen.findByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible()
  const sent = desk.asked.filter(({ channel }) => channel === 'dossier.execute')
  expect(sent).toHaveLength(2)
  expect(sent[1]).toEqual(sent[0])
})

test('a refusal that belongs to a field stands at the field', async () => {
  const desk = new IntakeDesk()
  desk.fail('dossier.execute', {
    code: 'dossier/declaration-incomplete',
    problems: [{ key: 'certified.copies', code: 'field/not-a-count', min: 1 }],
  })
  const { user } = await renderIntake({ desk, hash: statusCertificate })
  fillCertifiedCopy()
  await ctrl(user, '{Enter}')
  expect(await screen.findByText('Gõ số, từ 1 đến 9999')).toBeVisible()
  expect(field('declaration/certified/copies')).toHaveFocus()
})

test('a failed print leaves the number alone: print again, PDF or later', async () => {
  const desk = new IntakeDesk()
  desk.fail('printing.print', { code: 'printer/no-printer' })
  const { user } = await renderIntake({ desk, hash: statusCertificate })
  fillCertifiedCopy()
  await ctrl(user, '{Enter}')
  const dialog = await screen.findByRole('dialog', { name: 'Hồ sơ đã lưu, chưa in được' })
  expect(dialog).toHaveTextContent('000.01.18.H40-220817-0001')
  await user.click(within(dialog).getByRole('button', { name: 'In lại' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(desk.executed).toHaveLength(1)
  expect(desk.printed).toHaveLength(1)
  expect(screen.getByText('000.01.18.H40-220817-0001')).toBeVisible()
})

test('an intake is refused at the counter with a reason', async () => {
  const { user, desk } = await renderIntake({ hash: statusCertificate })
  await user.click(screen.getByRole('button', { name: 'Từ chối tiếp nhận' }))
  const dialog = await screen.findByRole('dialog', { name: 'Từ chối tiếp nhận' })
  const submit = within(dialog).getByRole('button', { name: /Lưu và in phiếu từ chối/ })
  await user.click(submit)
  expect(await within(dialog).findByText('Cần tên người nộp để lập phiếu từ chối.')).toBeVisible()
  fill('applicant/name', 'Vũ Thị Thảo')
  await user.click(within(dialog).getByLabelText(/^Lý do từ chối/))
  await typeText(user, 'Không thuộc thẩm quyền của xã')
  await user.click(submit)
  expect(await screen.findByRole('heading', { name: 'Đã ghi từ chối tiếp nhận' })).toBeVisible()
  expect(desk.executed[0]?.command).toMatchObject({ type: 'refuse-intake', reason: 'Không thuộc thẩm quyền của xã' })
  expect(desk.printed).toHaveLength(1)
  expect(await screen.findByText(/^Đã gửi phiếu từ chối tới máy in HP 107a/)).toBeVisible()
})

test('another procedure keeps the applicant, and Ctrl Z goes back', async () => {
  const { user } = await renderIntake({ hash: statusCertificate })
  fill('applicant/name', 'Vũ Thị Thảo')
  await user.click(screen.getByRole('button', { name: 'Đổi thủ tục' }))
  await press(user, 'dang ky khai tu{Enter}')
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Tiếp nhận: Đăng ký khai tử')
  expect(field('applicant/name')).toHaveValue('Vũ Thị Thảo')
  await ctrl(user, 'z')
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Tiếp nhận: Chứng thực bản sao')
})

function fillCertifiedCopy(): void {
  fill('applicant/name', 'Vũ Thị Thảo')
  for (const input of document.querySelectorAll<HTMLInputElement>('[name^="declaration/"]')) {
    if (!input.required || input.value !== '') continue
    const value = input instanceof HTMLSelectElement ? (input.options[1]?.value ?? '') : '3'
    fill(input.name, value)
  }
  fireEvent.keyDown(window, { key: 'F6' })
}
