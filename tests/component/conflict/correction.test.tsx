import { screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import type { DossierView } from '../../../shared/ipc/view.ts'
import { createFakeDesk, type FakeDesk, fakeLeader, fakeOfficer, fakeSpecialist } from '../../harness/fake-desk.ts'
import { chooseBesides, renderApp } from '../../harness/render-app.tsx'
import { fillOffice } from '../../harness/sample-office.ts'

function office(signedIn: string): { desk: FakeDesk; view: DossierView } {
  const desk = createFakeDesk({ signedIn })
  fillOffice(desk, 40)
  const view = desk
    .views()
    .find(({ dossier }) => dossier.state.status === 'in-processing' && dossier.applicant.kind === 'person')
  if (!view) throw new Error('no dossier in processing')
  return { desk, view }
}

async function openForm(desk: FakeDesk, view: DossierView) {
  const { user } = await renderApp(desk, `#/dossier/${view.id}`)
  await chooseBesides(user, 'Sửa thông tin')
  return { user, dialog: await screen.findByRole('dialog', { name: 'Sửa thông tin hồ sơ' }) }
}

test('an officer corrects the phone by keyboard: old and new stand in Diễn biến, the receipt is to be printed again; axe finds nothing', async () => {
  const { desk, view } = office(fakeOfficer)
  const { user, dialog } = await openForm(desk, view)
  const phone = within(within(dialog).getByRole('group', { name: 'Người nộp' })).getByRole('textbox', {
    name: 'Điện thoại',
  })
  const before = (phone as HTMLInputElement).value
  await waitFor(() => expect(within(dialog).getByRole('textbox', { name: 'Họ và tên' })).toHaveFocus())
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map(({ id }) => id)).toEqual([])
  await user.clear(phone)
  await user.type(phone, '0987654321')
  await user.type(within(dialog).getByRole('textbox', { name: /Lý do sửa/ }), 'Dân báo đổi số')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const history = screen.getByRole('region', { name: 'Diễn biến' })
  expect(await within(history).findByText('Sửa thông tin. Lý do: Dân báo đổi số')).toBeVisible()
  expect(within(history).getByText(`Điện thoại: ${before} → 0987654321`)).toBeVisible()
  expect(screen.getByText(/Thông tin trên biên nhận đã sửa lúc/)).toBeVisible()
})

test('nothing changed is said and not sent; an error keeps the officer at its field', async () => {
  const { desk, view } = office(fakeOfficer)
  const { user, dialog } = await openForm(desk, view)
  await user.click(within(dialog).getByRole('textbox', { name: /Lý do sửa/ }))
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await within(dialog).findByText('Chưa có mục nào thay đổi.')).toBeVisible()
  const name = within(within(dialog).getByRole('group', { name: 'Người nộp' })).getByRole('textbox', { name: /^Họ/ })
  await user.clear(name)
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await within(dialog).findByText('Cần điền ô này')).toBeVisible()
  expect(name).toHaveFocus()
  expect(desk.calls.some(({ channel }) => channel === 'dossier.execute')).toBe(false)
})

test('what somebody else changed while the form was open is told, never overwritten', async () => {
  const { desk, view } = office(fakeOfficer)
  const { user, dialog } = await openForm(desk, view)
  const from = view.dossier.applicant.phone ?? ''
  desk.execute(fakeLeader, {
    type: 'correct-dossier',
    dossierId: view.id,
    changes: [{ field: 'applicant.phone', from, to: '0900 000 009' }],
  })
  const phone = within(within(dialog).getByRole('group', { name: 'Người nộp' })).getByRole('textbox', {
    name: 'Điện thoại',
  })
  await user.clear(phone)
  await user.type(phone, '0987654321')
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await within(dialog).findByText('Người khác vừa sửa 1 mục này.')).toBeVisible()
  expect(phone).toHaveValue('0987654321')
  desk.acceptAll()
  // Both are before the officer's eyes; saved again it is meant.
  expect(await within(dialog).findByText('Người khác vừa ghi: 0900 000 009')).toBeVisible()
  phone.focus()
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(desk.views().find(({ id }) => id === view.id)?.dossier.applicant.phone).toBe('0987654321')
})

test('closing the form with something typed in it asks once, and keeps what was typed', async () => {
  const { desk, view } = office(fakeOfficer)
  const { user, dialog } = await openForm(desk, view)
  const phone = within(dialog).getAllByRole('textbox', { name: 'Điện thoại' })[0] as HTMLElement
  await user.clear(phone)
  await user.type(phone, '0987654321')
  await user.keyboard('{Escape}')
  expect(await within(dialog).findByText('Chữ đã gõ chưa lưu.')).toBeVisible()
  expect(phone).toHaveValue('0987654321')
  await user.click(within(dialog).getByRole('button', { name: 'Thôi' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('a specialist has nothing to correct before there is a result', async () => {
  const { desk, view } = office(fakeSpecialist)
  const { user } = await renderApp(desk, `#/dossier/${view.id}`)
  await user.click(await screen.findByRole('button', { name: 'Khác' }))
  expect(await screen.findByRole('menuitem', { name: 'Ghi chú' })).toBeInTheDocument()
  expect(screen.queryByRole('menuitem', { name: 'Sửa thông tin' })).toBeNull()
})

test('a clock far from the upper tier is told, and confirmed once', async () => {
  const { desk } = office(fakeOfficer)
  const { user } = await renderApp(desk)
  desk.change({ clockDiffers: { rightNow: '2032-08-17T02:00:00.000Z', toldByDistrict: true, stops: true } })
  expect(await screen.findByText(/Giờ máy lệch với nơi nhận, ở đó đang là/)).toBeVisible()
  expect(screen.getByText(/Chưa cấp số hồ sơ mới/)).toBeVisible()
  desk.failNext('desk.confirm-clock', { code: 'store/full' })
  await user.click(screen.getByRole('button', { name: 'Giờ này đúng' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Ổ đĩa đầy, chưa lưu được.')
  await user.click(screen.getByRole('button', { name: 'Giờ này đúng' }))
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  desk.change({ clockDiffers: { rightNow: '2022-08-17T02:40:00.000Z', toldByDistrict: true, stops: false } })
  expect(await screen.findByText(/giờ nhận và ngày hẹn trả tính theo giờ này/)).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Giờ này đúng' })).toBeNull()
})

test('a clock that was set, or is long past the last use, is told and confirmed without a line', async () => {
  const { desk } = office(fakeOfficer)
  const { user } = await renderApp(desk)
  desk.change({ clockDiffers: { rightNow: '2022-08-17T02:00:00.000Z', toldByDistrict: false, stops: true } })
  expect(await screen.findByText(/Giờ máy vừa bị đổi; .* bây giờ là/)).toBeVisible()
  expect(screen.getByRole('button', { name: 'Giờ này đúng' })).toBeVisible()
  desk.change({ clockAhead: { lastKnownAt: '2022-07-01T02:00:00.000Z' } })
  expect(await screen.findByText(/Giờ máy đã qua lần dùng cuối .* hơn hai tuần/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Giờ này đúng' }))
  await waitFor(() => expect(desk.calls.some(({ channel }) => channel === 'desk.confirm-clock')).toBe(true))
})
