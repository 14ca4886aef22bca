import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { maxPartBytes } from '../../../shared/ipc/contract.ts'
import { IntakeDesk } from './intake-desk.ts'
import { ctrl, press, typeText } from './keyboard.ts'
import { renderIntake } from './render-intake.tsx'

const birth = '#/intake?procedure=1.001193'
const notice = 'Giấy chứng sinh hoặc giấy tờ thay thế'

function states(name: string): HTMLElement {
  return screen.getByRole('radiogroup', { name: `Cách nộp: ${name}` })
}

function chosen(name: string): string | undefined {
  const radios = within(states(name)).getAllByRole<HTMLInputElement>('radio')
  return radios.find((radio) => radio.checked)?.value
}

function pdf(name: string, bytes = 400): File {
  const content = new Uint8Array(bytes)
  content.set(
    new TextEncoder().encode('%PDF-1.4\n1 0 obj<</Type /Page>>\n2 0 obj<</Type/Page>>\n3 0 obj<</Type /Pages>>'),
  )
  return new File([content], name, { type: 'application/pdf' })
}

function drop(name: string, ...files: File[]): void {
  const row = states(name).closest('li')
  if (!row) throw new Error('no row')
  fireEvent.drop(row, { dataTransfer: { files } })
}

test('digits choose one of the five states and 0 takes it back', async () => {
  const { user } = await renderIntake({ hash: birth })
  await ctrl(user, '4')
  for (const [digit, state] of [
    ['1', 'original'],
    ['2', 'copy'],
    ['3', 'presented'],
    ['4', 'looked-up'],
    ['5', 'not-needed'],
  ] as const) {
    await press(user, digit)
    expect(chosen('Tờ khai đăng ký khai sinh')).toBe(state)
  }
  await press(user, '2')
  expect(screen.getByLabelText('Số bản sao: Tờ khai đăng ký khai sinh')).toHaveValue('1')
  await press(user, '0')
  expect(chosen('Tờ khai đăng ký khai sinh')).toBeUndefined()
  await press(user, '{ArrowRight}')
  expect(chosen('Tờ khai đăng ký khai sinh')).toBe('presented')
})

test('Enter goes from document to document', async () => {
  const { user } = await renderIntake({ hash: birth })
  await ctrl(user, '4')
  await press(user, '1{Enter}1{Enter}')
  expect(chosen('Tờ khai đăng ký khai sinh')).toBe('original')
  expect(chosen(notice)).toBe('original')
  expect(document.activeElement?.closest('[role=radiogroup]')).toHaveAccessibleName(/trẻ bị bỏ rơi/)
})

test('F6 accounts for everything mandatory in one key, and Ctrl Z takes it back', async () => {
  const { user } = await renderIntake({ hash: birth })
  expect(screen.getByText('Còn thiếu 3')).toBeVisible()
  await press(user, '{F6}')
  expect(await screen.findByText('Đủ giấy tờ bắt buộc', { selector: '.tag' })).toBeVisible()
  expect(chosen(notice)).toBe('original')
  expect(chosen('Giấy tờ tùy thân của người yêu cầu')).toBe('presented')
  expect(chosen('Biên bản về việc trẻ bị bỏ rơi')).toBeUndefined()
  await ctrl(user, 'z')
  expect(await screen.findByText('Còn thiếu 3')).toBeVisible()
})

test('an extra document is named and handed in', async () => {
  const { user } = await renderIntake({ hash: birth })
  await user.click(screen.getByRole('button', { name: 'Thêm giấy tờ khác' }))
  expect(screen.getByLabelText('Tên giấy tờ thêm 1')).toHaveFocus()
  screen.getByLabelText(/^Họ và tên/).focus()
  await typeText(user, 'Vũ Thị Thảo')
  expect(screen.getByLabelText(/^Họ và tên/)).toHaveFocus()
  await user.click(screen.getByLabelText('Tên giấy tờ thêm 1'))
  await typeText(user, 'Sổ hộ khẩu cũ')
  expect(await within(screen.getByRole('region', { name: 'Xem trước biên nhận' })).findByText('1 loại')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Bỏ giấy tờ: Tên giấy tờ thêm 1' }))
  expect(screen.queryByLabelText('Tên giấy tờ thêm 1')).toBeNull()
})

test('several files are dropped on a row, counted, shown and removed', async () => {
  const desk = new IntakeDesk()
  await renderIntake({ desk, hash: birth })
  drop(notice, pdf('chung-sinh.pdf'), pdf('to-khai.pdf', 2 * maxPartBytes + 10))
  expect(await screen.findByRole('button', { name: 'Mở tệp to-khai.pdf' })).toBeVisible()
  expect(await screen.findAllByText(/2 trang/)).not.toHaveLength(0)
  const parts = desk.asked.flatMap(({ channel, input }) =>
    channel === 'attachments.part' ? [(input as { part: Uint8Array }).part.byteLength] : [],
  )
  expect(parts).toEqual([400, maxPartBytes, maxPartBytes, 10])
  fireEvent.click(screen.getByRole('button', { name: 'Bỏ tệp chung-sinh.pdf' }))
  expect(screen.queryByText('chung-sinh.pdf')).toBeNull()
})

test('a scan of a JPEG and a PNG chosen by key are taken by their first bytes', async () => {
  const { user } = await renderIntake({ hash: birth })
  const input = screen
    .getAllByLabelText<HTMLInputElement>(`Chọn tệp quét: ${notice}`)
    .find(({ type }) => type === 'file')
  if (!input) throw new Error('no file input')
  const opened: string[] = []
  input.click = () => void opened.push('chooser')
  const [first] = within(states(notice)).getAllByRole('radio')
  first?.focus()
  await press(user, '{F7}')
  expect(opened).toEqual(['chooser'])
  const jpeg = new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2])], 'anh.txt')
  const png = new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])], 'anh.png')
  fireEvent.change(input, { target: { files: [jpeg, png] } })
  expect(await screen.findByRole('button', { name: 'Mở tệp anh.png' })).toBeVisible()
  expect(screen.getByRole('button', { name: 'Mở tệp anh.txt' })).toBeVisible()
})

test.each([
  ['don.docx', new File([new Uint8Array([0x50, 0x4b, 3, 4])], 'don.docx'), 'không phải PDF, JPEG hay PNG'],
  ['rong.pdf', new File([], 'rong.pdf'), 'là tệp rỗng'],
  ['lon.pdf', pdf('lon.pdf', 10 * 1024 * 1024 + 1), 'quá mức 10,5 MB cho một tệp'],
])('%s is refused by name and reason', async (name, file, reason) => {
  const { user } = await renderIntake({ hash: birth })
  drop(notice, file)
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent(name)
  expect(alert).toHaveTextContent(reason)
  await user.click(within(alert).getByRole('button'))
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
})

test('a disk that cannot keep a scan says so beside its name', async () => {
  const desk = new IntakeDesk()
  desk.fail('attachments.part', { code: 'store/full' })
  await renderIntake({ desk, hash: birth })
  drop(notice, pdf('chung-sinh.pdf'))
  expect(await screen.findByRole('alert')).toHaveTextContent('Chưa lưu được chung-sinh.pdf: Ổ đĩa đầy, chưa lưu được.')
})
