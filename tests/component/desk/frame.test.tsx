import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { referenceCell } from '../../../renderer/store/use-reference.ts'
import { createFakeDesk, fakeLeader, fakeOfficer, fakeSpecialist } from '../../harness/fake-desk.ts'
import { renderApp } from '../../harness/render-app.tsx'
import { fillOffice } from '../../harness/sample-office.ts'

test('the status bar always says how the line is and what is unsent', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 30)
  await renderApp(desk)
  expect(screen.getByText('Thị trấn Gôi, Vụ Bản')).toBeVisible()
  const bar = screen.getByRole('region', { name: 'Trạng thái' })
  expect(within(bar).getByText('Mất mạng, vẫn làm việc được')).toBeVisible()
  expect(within(bar).getByText('Gửi lần cuối 08:42 hôm nay')).toBeVisible()
  expect(within(bar).getByText('09:47, thứ Tư 17/08/2022')).toBeVisible()
  desk.setLine('online')
  expect(await within(bar).findByText('Có mạng')).toBeVisible()
  desk.acceptAll()
  expect(await within(bar).findByText('Đã gửi hết')).toBeVisible()
})

test('where there is little room the last success is told in fewer words, never left out', async () => {
  const { desk } = await renderApp()
  const bar = screen.getByRole('region', { name: 'Trạng thái' })
  expect(within(bar).getByText('Gửi 08:42')).toBeInTheDocument()
  desk.change({ exchange: { line: 'offline', unsentEvents: 0, unsentScans: 0, sending: [] } })
  expect(await within(bar).findByText('Chưa gửi')).toBeInTheDocument()
  expect(within(bar).getByText('Chưa gửi lần nào')).toBeInTheDocument()
})

test('the status bar names the printer, and looks again when the officer comes back from setting one', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  desk.failNext('printing.find-printer', { code: 'printer/no-printer' })
  await renderApp(desk)
  const bar = screen.getByRole('region', { name: 'Trạng thái' })
  expect(await within(bar).findByText('Chưa có máy in')).toBeVisible()
  fireEvent.focus(window)
  expect(await within(bar).findByText('HP 107a')).toBeVisible()
  desk.failNext('printing.find-printer', { code: 'printer/failed' })
  fireEvent.focus(window)
  await waitFor(() => expect(desk.calls.filter(({ channel }) => channel === 'printing.find-printer')).toHaveLength(3))
  expect(within(bar).getByText('HP 107a')).toBeVisible()
})

test('function keys go to the screens, also from a text field', async () => {
  const { user } = await renderApp()
  await user.click(screen.getByRole('textbox', { name: 'Lọc trong danh sách' }))
  await user.keyboard('{F8}')
  expect(await screen.findByRole('heading', { name: 'Cuối ngày và gửi hồ sơ' })).toBeVisible()
  await user.keyboard('{F1}')
  expect(await screen.findByRole('heading', { name: 'Việc cần làm' })).toBeVisible()
  await user.keyboard('{F2}')
  await waitFor(() => expect(window.location.hash).toBe('#/intake'))
})

test('F10 covers the screen; keys do nothing under it, and what was typed stays', async () => {
  const { user } = await renderApp()
  const filter = screen.getByRole('textbox', { name: 'Lọc trong danh sách' })
  await user.type(filter, 'Nguyễn')
  await user.keyboard('{F10}')
  expect(await screen.findByRole('dialog', { name: 'Màn hình đang che. Nhấn F10 hoặc Esc để mở.' })).toBeVisible()
  await user.keyboard('{F8}{F2}{Control>}k{/Control}')
  expect(window.location.hash).not.toMatch(/outbox|intake/)
  expect(screen.queryByRole('textbox', { name: 'Tìm hồ sơ, người, thủ tục, lệnh' })).toBeNull()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(filter).toHaveValue('Nguyễn')
  await user.keyboard('{F10}{F10}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('Ctrl K finds a procedure by its initials and starts its intake', async () => {
  const { user } = await renderApp()
  await user.keyboard('{Control>}k{/Control}')
  const field = await screen.findByRole('textbox', { name: 'Tìm hồ sơ, người, thủ tục, lệnh' })
  await user.type(field, 'dkks')
  await waitFor(() =>
    expect(screen.getAllByRole('button', { name: /ĐKKS$/ })[0]).toHaveTextContent(
      'Đăng ký khai sinhTrong ngày, miễn phí',
    ),
  )
  await user.keyboard('{Enter}')
  await waitFor(() => expect(window.location.hash).toContain('procedure=1.001193'))
})

test('Ctrl K finds a dossier by the end of its number', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 20)
  const { user } = await renderApp(desk)
  const view = desk.views().find(({ dossier }) => dossier.state.status === 'handed-over')
  const state = view?.dossier.state
  const number = state && state.status !== 'refused' ? state.reception.number.text.split('-').slice(-2).join('-') : ''
  await user.keyboard('{F3}')
  await user.type(await screen.findByRole('textbox', { name: 'Tìm hồ sơ, người, thủ tục, lệnh' }), number)
  await user.click(await screen.findByText(number))
  await waitFor(() => expect(window.location.hash).toBe(`#/dossier/${view?.id}`))
})

test('a clock behind the journal is warned about until the officer confirms', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  desk.change({ clockBehind: { lastEntryAt: '2022-08-18T02:00:00.000Z' } })
  const { user } = await renderApp(desk)
  const title = await screen.findByText(/Đồng hồ máy đang chậm hơn lần ghi cuối/)
  await user.click(screen.getByRole('button', { name: 'Giờ này đúng' }))
  await waitFor(() => expect(title).not.toBeInTheDocument())
})

test('a healed journal is told once, a damaged one stays told', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  desk.change({ journal: { state: 'healed', healedEntries: 2, cutBytes: 0, whole: true } })
  const { user } = await renderApp(desk)
  await screen.findByText(/đã tự lấy lại 2 việc/)
  await user.click(screen.getByRole('button', { name: 'Đóng thông báo' }))
  expect(screen.queryByText(/đã tự lấy lại/)).toBeNull()
  desk.change({ journal: { state: 'damaged', healedEntries: 0, cutBytes: 0, whole: false } })
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('Sổ ghi trên máy có chỗ hỏng.')
  expect(alert).toHaveTextContent('Chưa cấp số hồ sơ mới')
  desk.change({ journal: { state: 'damaged', healedEntries: 0, cutBytes: 0, whole: true } })
  await waitFor(() => expect(alert).toHaveTextContent('vẫn cấp số'))
  // The next start finds nothing damaged any more; numbers are still held back.
  desk.change({ journal: { state: 'whole', healedEntries: 0, cutBytes: 0, whole: false } })
  await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('Chưa cấp số hồ sơ mới'))
  desk.change({ journal: { state: 'whole', healedEntries: 0, cutBytes: 0, whole: true } })
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
})

test.each([
  ['2026-09-30T16:59:00.000Z', fakeOfficer, false],
  ['2026-09-30T17:00:00.000Z', fakeOfficer, true],
  ['2026-11-23T02:00:00.000Z', fakeLeader, true],
  ['2026-11-23T02:00:00.000Z', fakeSpecialist, false],
])('at %s %s is told that the holidays of 2027 are missing: %s', async (now, officer, told) => {
  const { user } = await renderApp(createFakeDesk({ signedIn: officer, now }))
  if (!told) {
    await waitFor(() => expect(referenceCell.get().calendar).toBeDefined())
    expect(screen.queryByText(/lịch nghỉ năm/)).toBeNull()
    return
  }
  const title = await screen.findByText('Chưa có lịch nghỉ năm 2027.')
  await user.click(screen.getByRole('button', { name: 'Đóng thông báo' }))
  expect(title).not.toBeInTheDocument()
})

test('trial mode is visible, and "?" lists the keys', async () => {
  const { user } = await renderApp()
  expect(screen.getByText('Chế độ thử')).toBeVisible()
  await user.keyboard('?')
  expect(await screen.findByRole('dialog', { name: 'Phím tắt' })).toHaveTextContent('F8Cuối ngày và gửiF10Che màn hình')
})

test('settings change theme, text size and language at once and stay', async () => {
  const { user } = await renderApp()
  await user.click(screen.getByRole('button', { name: 'Cài đặt' }))
  await user.click(await screen.findByRole('radio', { name: 'Tối' }))
  expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await user.click(screen.getByRole('radio', { name: '125 %' }))
  expect(document.documentElement.dataset['textSize']).toBe('125')
  await user.click(screen.getByRole('radio', { name: 'English' }))
  expect(await screen.findByRole('heading', { name: 'Work list' })).toBeVisible()
  expect(JSON.parse(localStorage.getItem('preferences') ?? '')).toEqual({
    theme: 'dark',
    textSize: '125',
    language: 'en',
  })
})

test.each([
  ['store/full', 'Ổ đĩa đầy, chưa gửi nhận được', /Xóa bớt tệp khác trên máy, phần mềm sẽ tự gửi và nhận tiếp/],
  ['store/read-only', 'Ổ đĩa chỉ cho đọc, chưa gửi nhận được', /Báo người phụ trách máy mở quyền ghi/],
  ['store/damaged', 'Ổ đĩa đọc ghi bị lỗi, chưa gửi nhận được', /kiểm tra ổ đĩa/],
  ['main/failed', 'Phần mềm gặp trục trặc, chưa gửi nhận được', /Không phải do mạng/],
])(
  'a PC that cannot exchange because of %s says so in the status bar and at the end of the day',
  async (code, said, told) => {
    const desk = createFakeDesk({ signedIn: fakeOfficer })
    fillOffice(desk, 5)
    desk.change({
      exchange: {
        line: 'stuck',
        code,
        unsentEvents: 2,
        unsentScans: 0,
        sending: [],
        nextTryAt: '2022-08-17T02:48:00.000Z',
      },
    })
    await renderApp(desk, '#/outbox')
    const bar = await screen.findByRole('region', { name: 'Trạng thái' })
    expect(await within(bar).findByText(said)).toHaveAttribute('title', expect.stringMatching(told))
    const words = await screen.findByText(told)
    expect(words).toHaveTextContent(said)
    expect(words).toHaveTextContent('Tự thử lại lúc 09:48.')
    expect(document.body).not.toHaveTextContent('Mất mạng')
  },
)
