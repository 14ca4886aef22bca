import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { DossierId } from '../../../shared/core/ids.ts'
import type { ExchangeState } from '../../../shared/ipc/view.ts'
import { createFakeDesk, fakeOfficer } from '../../harness/fake-desk.ts'
import { renderApp } from '../../harness/render-app.tsx'
import { fillOffice } from '../../harness/sample-office.ts'

async function renderOffice(count = 60) {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, count)
  const app = await renderApp(desk)
  const grid = screen.getByRole('grid', { name: 'Hồ sơ theo hạn trả' })
  await within(grid).findAllByRole('row', { selected: true })
  // The list grows while it is projected, and a row stands before its document is read.
  const open = desk.views().filter(({ dossier }) => !['handed-over', 'refused'].includes(dossier.state.status))
  await waitFor(() => expect(grid).toHaveAttribute('aria-rowcount', String(open.length + 1)))
  await waitFor(() => expect(within(selectedRow(grid)).getAllByRole('gridcell')[2]?.textContent).toMatch(/\p{L}/u))
  return { ...app, grid }
}

function selectedRow(grid: HTMLElement): HTMLElement {
  return within(grid).getByRole('row', { selected: true })
}

test('the list shows open work by due date in words', async () => {
  const { grid } = await renderOffice()
  const headers = within(grid).getAllByRole('columnheader')
  expect(headers.map((header) => header.textContent)).toEqual([
    'Hạn trả',
    'Mã hồ sơ',
    'Người nộp',
    'Thủ tục',
    'Bước hiện tại',
    'Đang giữ',
    'Gửi đi',
  ])
  await within(grid).findAllByText('Hôm nay, 17:00')
  expect(screen.getByRole('button', { name: /^Tất cả việc/, pressed: true })).toBeVisible()
})

test('chips count and filter', async () => {
  const { user, grid, desk } = await renderOffice()
  const waiting = desk.views().filter(({ dossier }) => dossier.state.status === 'finished').length
  await user.click(screen.getByRole('button', { name: `Chờ trả kết quả ${waiting}` }))
  await waitFor(() => expect(grid).toHaveAttribute('aria-rowcount', String(waiting + 1)))
})

test('arrow keys, End and Home move the one selection', async () => {
  const { user, grid } = await renderOffice()
  grid.focus()
  const first = grid.getAttribute('aria-activedescendant')
  await user.keyboard('{ArrowDown}{ArrowDown}')
  await waitFor(() => expect(selectedRow(grid)).toHaveAttribute('aria-rowindex', '4'))
  expect(grid.getAttribute('aria-activedescendant')).not.toBe(first)
  await user.keyboard('{Home}')
  expect(grid.getAttribute('aria-activedescendant')).toBe(first)
})

test('the list has the keys at once, and again with F1, from any screen and from its own filter', async () => {
  const { user, grid } = await renderOffice()
  expect(grid).toHaveFocus()
  await user.keyboard('{ArrowDown}')
  await waitFor(() => expect(selectedRow(grid)).toHaveAttribute('aria-rowindex', '3'))
  const filter = screen.getByRole('textbox', { name: 'Lọc trong danh sách' })
  await user.type(filter, 'ng')
  expect(filter).toHaveFocus()
  await user.keyboard('{F1}')
  expect(grid).toHaveFocus()
  expect(filter).toHaveValue('ng')
  await user.keyboard('{F8}')
  await screen.findByRole('heading', { name: 'Cuối ngày và gửi hồ sơ' })
  await user.keyboard('{F1}')
  await waitFor(() => expect(screen.getByRole('grid', { name: 'Hồ sơ theo hạn trả' })).toHaveFocus())
})

test('keys pressed where nothing has the focus any more are the list’s', async () => {
  const { user, grid } = await renderOffice()
  screen.getByRole('button', { name: /^Quá hạn/ }).focus()
  screen.getByRole('button', { name: /^Quá hạn/ }).blur()
  expect(document.body).toHaveFocus()
  await user.keyboard('{ArrowDown}')
  await waitFor(() => expect(selectedRow(grid)).toHaveAttribute('aria-rowindex', '3'))
  expect(grid).toHaveFocus()
  grid.blur()
  await user.keyboard('/')
  expect(screen.getByRole('textbox', { name: 'Lọc trong danh sách' })).toHaveFocus()
})

test('from the palette to the list: the arrow keys move in it', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 20)
  const { user } = await renderApp(desk, '#/outbox')
  await user.keyboard('{F3}')
  const search = await screen.findByRole('textbox', { name: 'Tìm hồ sơ, người, thủ tục, lệnh' })
  await user.type(search, 'viec can lam{Enter}')
  const grid = await screen.findByRole('grid', { name: 'Hồ sơ theo hạn trả' })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(selectedRow(grid)).toHaveAttribute('aria-rowindex', '2'))
  await user.keyboard('{ArrowDown}')
  await waitFor(() => expect(selectedRow(grid)).toHaveAttribute('aria-rowindex', '3'))
})

test('the list takes no keys away from a search that is being typed, nor from a dialog', async () => {
  const { user } = await renderApp(undefined, '#/outbox')
  await user.keyboard('{F3}')
  const search = await screen.findByRole('textbox', { name: 'Tìm hồ sơ, người, thủ tục, lệnh' })
  await user.type(search, 'khai{F1}')
  expect(await screen.findByRole('grid', { name: 'Hồ sơ theo hạn trả' })).not.toHaveFocus()
  await user.keyboard(' sinh')
  expect(search).toHaveValue('khai sinh')
})

test('Enter opens the selected dossier with its history', async () => {
  const { user, grid } = await renderOffice()
  const name = within(selectedRow(grid)).getAllByRole('gridcell')[2]?.textContent ?? ''
  grid.focus()
  await user.keyboard('{Enter}')
  expect(await screen.findByRole('heading', { level: 1, name: new RegExp(`^${name}:`) })).toBeVisible()
  expect(await screen.findByText(/Tiếp nhận, biên nhận số/)).toBeVisible()
})

test('a record being sent says so only while it is: in its row, beside the list and in its history', async () => {
  const { grid, desk } = await renderOffice(20)
  const id = (grid.getAttribute('aria-activedescendant') ?? '').replace('row-', '') as DossierId
  const preview = screen.getByRole('complementary', { name: 'Hồ sơ đang chọn' })
  const expectState = async (words: string) => {
    await waitFor(() => expect(within(selectedRow(grid)).getByRole('img', { name: words })).toBeVisible())
    expect(await within(preview).findByText(words)).toBeVisible()
  }
  desk.mark(id, 'waiting')
  desk.hint('projection')
  await expectState('Chờ gửi')
  desk.setSending([id])
  await expectState('Đang gửi')
  desk.setSending([])
  await expectState('Chờ gửi')
  desk.setSending([id])
  desk.mark(id, 'accepted')
  desk.hint('projection')
  await expectState('Huyện đã nhận')
})

test('a store of an earlier version that still says "sending" shows a record as waiting', async () => {
  const { grid, desk } = await renderOffice(20)
  const id = (grid.getAttribute('aria-activedescendant') ?? '').replace('row-', '') as DossierId
  desk.mark(id, 'sending' as ExchangeState)
  desk.hint('projection')
  await waitFor(() => expect(within(selectedRow(grid)).getByRole('img', { name: 'Chờ gửi' })).toBeVisible())
})

test('the filter field finds without accents while typing stays untouched', async () => {
  const { user, grid, desk } = await renderOffice()
  const field = screen.getByRole('textbox', { name: 'Lọc trong danh sách' })
  const open = desk.views().filter(({ dossier }) => !['handed-over', 'refused'].includes(dossier.state.status))
  const wanted = open[0]?.dossier.applicant.name ?? ''
  const typed = wanted
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .toLowerCase()
  await user.type(field, typed)
  expect(field).toHaveValue(typed)
  await waitFor(() => {
    const rows = within(grid).getAllByRole('row').slice(1)
    expect(rows.length).toBeLessThan(open.length)
    expect(rows.some((row) => row.textContent?.includes(wanted))).toBe(true)
  })
  await user.keyboard('{Escape}')
  expect(field).toHaveValue('')
})

test('letters typed in the filter field are text, never shortcuts', async () => {
  const { user } = await renderOffice()
  await user.type(screen.getByRole('textbox', { name: 'Lọc trong danh sách' }), 'tT/?')
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('T hands over the selected result: the list changes only when the store does', async () => {
  const { user, grid, desk } = await renderOffice()
  const before = desk.views().filter(({ dossier }) => dossier.state.status === 'finished').length
  await user.click(screen.getByRole('button', { name: `Chờ trả kết quả ${before}` }))
  await waitFor(() => expect(grid).toHaveAttribute('aria-rowcount', String(before + 1)))
  grid.focus()
  await user.keyboard('t')
  const dialog = await screen.findByRole('dialog', { name: 'Trả kết quả' })
  expect(within(dialog).getByRole('radio', { name: /^Người nộp/ })).toBeChecked()
  expect(dialog.textContent).not.toMatch(/\d{3} \d{3} \d{3} \d{3}/)
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(grid).toHaveAttribute('aria-rowcount', String(before)))
  expect(screen.getByText(/^Đã lưu \d\d:\d\d:\d\d$/)).toBeVisible()
})

test('Ctrl Enter is the main button of the preview: a result is handed over, a draft goes on', async () => {
  const { user, desk, grid } = await renderOffice(60)
  await user.click(screen.getByRole('button', { name: /^Chờ trả kết quả/ }))
  await waitFor(() => expect(selectedRow(grid)).toHaveTextContent('Chờ trả kết quả'))
  await screen.findByRole('button', { name: 'Trả kết quả Ctrl Enter' })
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByRole('dialog', { name: 'Trả kết quả' })).toBeVisible()
  expect(desk.calls.some(({ channel }) => channel === 'dossier.execute')).toBe(false)
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  desk.saveDraft('018f0000-0000-7000-8000-000000000d01', { version: 1 })
  await user.click(await screen.findByRole('button', { name: 'Nháp 1' }))
  await screen.findByRole('button', { name: 'Bỏ nháp' })
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(window.location.hash).toBe('#/intake/018f0000-0000-7000-8000-000000000d01'))
})

test('a refused order is said in words, and a retry is the same command', async () => {
  const { user, grid, desk } = await renderOffice()
  await user.click(screen.getByRole('button', { name: /^Chờ trả kết quả/ }))
  await waitFor(() => expect(selectedRow(grid)).toHaveTextContent('Chờ trả kết quả'))
  grid.focus()
  await user.keyboard('t')
  await screen.findByRole('dialog', { name: 'Trả kết quả' })
  desk.failNext('dossier.execute', { code: 'store/full' })
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByRole('alert')).toHaveTextContent('Ổ đĩa đầy, chưa lưu được.')
  await user.click(screen.getByRole('button', { name: /^Đã trả kết quả/ }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const ids = desk.calls
    .filter(({ channel }) => channel === 'dossier.execute')
    .map(({ input }) => (input as { commandId: string }).commandId)
  expect(ids).toHaveLength(2)
  expect(ids[0]).toBe(ids[1])
})

test('drafts stand in the list and open the intake', async () => {
  const { user, grid, desk } = await renderOffice(10)
  desk.saveDraft('018f0000-0000-7000-8000-000000000d01', {
    version: 1,
    summary: { procedureCode: '1.001193', applicantName: 'Vũ Thị Thảo' },
  })
  const row = await within(grid).findByRole('row', { name: /Vũ Thị Thảo/ })
  expect(row).toHaveTextContent('Đăng ký khai sinh')
  expect(within(row).getByRole('img', { name: 'Nháp' })).toBeVisible()
  await user.dblClick(row)
  await waitFor(() => expect(window.location.hash).toBe('#/intake/018f0000-0000-7000-8000-000000000d01'))
})

test('drafts discarded from the list come back with Ctrl Z, the last one first, and never from a text field', async () => {
  const { user, grid, desk } = await renderOffice(10)
  const names = ['Vũ Thị Thảo', 'Đỗ Văn Bảy']
  names.forEach((applicantName, at) => {
    const content = { version: 1, summary: { procedureCode: '1.001193', applicantName }, typed: `chữ ${at}` }
    desk.saveDraft(`018f0000-0000-7000-8000-000000000d0${at}`, content)
  })
  for (const name of names) {
    await user.click(await within(grid).findByRole('row', { name: new RegExp(name) }))
    await screen.findByRole('heading', { level: 2, name })
    await user.click(screen.getByRole('button', { name: 'Bỏ nháp' }))
    await waitFor(() => expect(within(grid).queryByRole('row', { name: new RegExp(name) })).toBeNull())
  }
  expect(screen.getByRole('button', { name: 'Hoàn tác Ctrl Z' })).toBeVisible()
  expect(grid).toHaveFocus()

  await user.type(screen.getByRole('textbox', { name: 'Lọc trong danh sách' }), '{Control>}z{/Control}')
  expect(desk.calls.some(({ channel }) => channel === 'drafts.save')).toBe(false)
  grid.focus()
  await user.keyboard('{Control>}z{/Control}')
  await within(grid).findByRole('row', { name: /Đỗ Văn Bảy/ })
  expect(within(grid).queryByRole('row', { name: /Vũ Thị Thảo/ })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Hoàn tác Ctrl Z' }))
  await within(grid).findByRole('row', { name: /Vũ Thị Thảo/ })
  expect(screen.queryByRole('button', { name: 'Hoàn tác Ctrl Z' })).toBeNull()
  const saved = desk.calls.flatMap(({ channel, input }) => (channel === 'drafts.save' ? input : []))
  expect(saved).toMatchObject([{ content: { typed: 'chữ 1' } }, { content: { typed: 'chữ 0' } }])
})

test('an empty list says what to do next', async () => {
  await renderApp()
  expect(await screen.findByText('Chưa có hồ sơ tới hạn. F2 để tiếp nhận.')).toBeVisible()
})

test('a dossier of another desk appears by itself', async () => {
  const { grid, desk } = await renderOffice(10)
  const before = Number(grid.getAttribute('aria-rowcount'))
  fillOffice(desk, 200, 99)
  desk.hint('projection')
  await waitFor(() => expect(Number(grid.getAttribute('aria-rowcount'))).toBeGreaterThan(before))
})
