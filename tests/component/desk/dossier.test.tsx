import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { DossierStatus } from '../../../shared/domain/dossier.ts'
import type { DossierView } from '../../../shared/ipc/view.ts'
import { createFakeDesk, type FakeDesk, fakeLeader, fakeOfficer, fakeSpecialist } from '../../harness/fake-desk.ts'
import { chooseBesides, renderApp } from '../../harness/render-app.tsx'
import { fillOffice } from '../../harness/sample-office.ts'

function office(officer: string): FakeDesk {
  const desk = createFakeDesk({ signedIn: officer })
  fillOffice(desk, 80)
  return desk
}

function findIn(desk: FakeDesk, status: DossierStatus): DossierView {
  const view = desk.views().find(({ dossier }) => dossier.state.status === status)
  if (!view) throw new Error(`no dossier is ${status}`)
  return view
}

async function openDossier(desk: FakeDesk, view: DossierView) {
  const app = await renderApp(desk, `#/dossier/${view.id}`)
  await screen.findByRole('heading', { level: 1, name: new RegExp(`^${view.dossier.applicant.name}:`) })
  return app
}

test('the declaration stands under the labels of the form it was given on', async () => {
  const desk = office(fakeOfficer)
  const birth = desk.views().find(({ dossier }) => dossier.procedure.code === '1.001193')
  if (!birth) throw new Error('no birth registration')
  await openDossier(desk, birth)
  const card = screen.getByRole('region', { name: 'Tờ khai' })
  expect(within(card).getByText('Trẻ được khai sinh')).toBeVisible()
  expect(within(card).getByText('Người nộp')).toBeVisible()
  expect(within(screen.getByRole('region', { name: 'Giấy tờ' })).getAllByRole('listitem').length).toBeGreaterThan(0)
})

test('a specialist takes the dossier and records the result; both show out of the store', async () => {
  const desk = office(fakeSpecialist)
  const { user } = await openDossier(desk, findIn(desk, 'received'))
  const processing = within(screen.getByRole('list', { name: 'Các bước' })).getByText('Chuyên môn xử lý')
  expect(processing).not.toHaveAttribute('aria-current')
  await user.click(screen.getByRole('button', { name: 'Nhận xử lý' }))
  expect(await screen.findByText('Nhận xử lý.')).toBeVisible()
  expect(processing).toHaveAttribute('aria-current', 'step')
  await user.click(screen.getByRole('button', { name: 'Ghi kết quả' }))
  const dialog = await screen.findByRole('dialog', { name: 'Ghi kết quả' })
  expect(within(dialog).getByLabelText(/Tên kết quả/)).not.toHaveValue('')
  await user.type(within(dialog).getByLabelText(/^Số/), '112/2022')
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByText(/Có kết quả: .* số 112\/2022\./)).toBeVisible()
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Ghi kết quả' })).toBeNull())
})

test('what is being sent is said in its history, and waits again when the line was cut', async () => {
  const desk = office(fakeOfficer)
  const view = findIn(desk, 'received')
  desk.mark(view.id, 'waiting')
  await openDossier(desk, view)
  expect(await screen.findByText(/Chờ gửi$/)).toBeVisible()
  desk.setSending([view.id])
  expect(await screen.findByText(/Đang gửi$/)).toBeVisible()
  desk.setSending([])
  expect(await screen.findByText(/Chờ gửi$/)).toBeVisible()
})

test('Ctrl Enter does the main thing of the dossier, and belongs to a dialog while one is open', async () => {
  const desk = office(fakeSpecialist)
  const { user } = await openDossier(desk, findIn(desk, 'in-processing'))
  const orders = () =>
    desk.calls.flatMap(({ channel, input }) =>
      channel === 'dossier.execute' ? (input as { command: object }).command : [],
    )
  await chooseBesides(user, 'Ghi chú')
  const note = await screen.findByRole('dialog', { name: 'Ghi chú vào hồ sơ' })
  await user.type(within(note).getByRole('textbox'), 'Chờ hồ sơ gốc{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(orders()).toMatchObject([{ type: 'add-note' }])

  screen.getByRole('button', { name: 'Khác' }).focus()
  await user.keyboard('{Control>}{Enter>3/}{/Control}')
  expect(await screen.findByRole('dialog', { name: 'Ghi kết quả' })).toBeVisible()
  expect(screen.getAllByRole('dialog')).toHaveLength(1)
  const field = within(screen.getByRole('dialog')).getByLabelText(/^Số/)
  fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true, repeat: true })
  expect(orders()).toHaveLength(1)
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(orders()).toMatchObject([{ type: 'add-note' }, { type: 'finish-dossier' }])
})

test('Ctrl Enter does nothing where the officer has nothing to do', async () => {
  const desk = office(fakeOfficer)
  const { user } = await openDossier(desk, findIn(desk, 'received'))
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(desk.calls.filter(({ channel }) => channel === 'dossier.execute')).toEqual([])
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('someone else may take the result: name needed, Enter moves on and never sends', async () => {
  const desk = office(fakeLeader)
  const { user } = await openDossier(desk, findIn(desk, 'finished'))
  await user.click(screen.getByRole('button', { name: 'Trả kết quả' }))
  const dialog = await screen.findByRole('dialog', { name: 'Trả kết quả' })
  await user.click(within(dialog).getByRole('radio', { name: 'Người khác' }))
  await user.click(within(dialog).getByRole('button', { name: /^Đã trả kết quả/ }))
  expect(await within(dialog).findByText('Nhập họ tên người nhận')).toBeVisible()
  await user.type(within(dialog).getByLabelText(/Họ tên người nhận/), 'Nguyễn Thị Đường{Enter}')
  expect(within(dialog).getByLabelText('Số CCCD người nhận')).toHaveFocus()
  expect(desk.calls.some(({ channel }) => channel === 'dossier.execute')).toBe(false)
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByText('Trả kết quả cho Nguyễn Thị Đường.')).toBeVisible()
})

test('a note is added and heads the history', async () => {
  const desk = office(fakeOfficer)
  const { user } = await openDossier(desk, findIn(desk, 'in-processing'))
  await chooseBesides(user, 'Ghi chú')
  await user.type(await screen.findByRole('textbox', { name: /Nội dung/ }), 'Người dân gọi hỏi.')
  await user.keyboard('{Control>}{Enter}{/Control}')
  const history = await screen.findByRole('region', { name: 'Diễn biến' })
  await within(history).findByText('Ghi chú: Người dân gọi hỏi.')
  expect(within(history).getAllByRole('listitem')[0]).toHaveTextContent('Ghi chú: Người dân gọi hỏi.')
})

test('Esc in a dialog with words in it asks once; without words it closes', async () => {
  const desk = office(fakeOfficer)
  const { user } = await openDossier(desk, findIn(desk, 'in-processing'))
  await chooseBesides(user, 'Ghi chú')
  const words = await screen.findByRole('textbox', { name: /Nội dung/ })
  await user.type(words, 'Người dân gọi hỏi.')
  await user.keyboard('{Escape}')
  expect(screen.getByText('Chữ đã gõ chưa lưu.')).toBeVisible()
  expect(words).toHaveValue('Người dân gọi hỏi.')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(words).not.toBeInTheDocument())
  await chooseBesides(user, 'Ghi chú')
  const empty = await screen.findByRole('textbox', { name: /Nội dung/ })
  await user.keyboard('{Escape}')
  await waitFor(() => expect(empty).not.toBeInTheDocument())
})

test('a failed print says that the dossier is saved and offers another try or a file', async () => {
  const desk = office(fakeOfficer)
  const { user } = await openDossier(desk, findIn(desk, 'received'))
  desk.failNext('printing.print', { code: 'printer/no-printer' })
  await user.click(screen.getByRole('button', { name: 'In lại biên nhận' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Không thấy máy in.')
  await user.click(screen.getByRole('button', { name: 'Lưu PDF' }))
  expect(await screen.findByText('Đã lưu PDF')).toBeVisible()
  expect(desk.calls.at(-1)).toEqual({ channel: 'printing.save-pdf', input: expect.objectContaining({ reprint: true }) })
})

test('what the upper tier returned is said with its next step', async () => {
  const desk = office(fakeOfficer)
  const view = findIn(desk, 'in-processing')
  desk.mark(view.id, 'returned', 'dossier/changed-meanwhile')
  await openDossier(desk, view)
  expect(screen.getByRole('alert')).toHaveTextContent('Huyện trả lại. Người khác đã làm việc này trước.')
})

test('an unknown dossier says where to go', async () => {
  await renderApp(office(fakeOfficer), '#/dossier/018f0000-0000-7000-8000-00000000ffff')
  expect(await screen.findByText(/Không thấy hồ sơ này trên máy/)).toBeVisible()
})
