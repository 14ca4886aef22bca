import { screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import type { CorrectDossier } from '../../../shared/domain/command.ts'
import type { DossierView } from '../../../shared/ipc/view.ts'
import { createFakeDesk, type FakeDesk, fakeLeader, fakeOfficer, fakeSpecialist } from '../../harness/fake-desk.ts'
import { renderApp } from '../../harness/render-app.tsx'
import { fillOffice } from '../../harness/sample-office.ts'

function inProcessing(desk: FakeDesk): DossierView {
  const view = desk
    .views()
    .find(({ dossier }) => dossier.state.status === 'in-processing' && dossier.applicant.kind === 'person')
  if (!view) throw new Error('no dossier in processing')
  return view
}

const correction = (view: DossierView, phone: string, address?: string): CorrectDossier => ({
  type: 'correct-dossier',
  dossierId: view.id,
  changes: [
    { field: 'applicant.phone', from: view.dossier.applicant.phone ?? '', to: phone },
    ...(address ? [{ field: 'applicant.address', from: view.dossier.applicant.address ?? '', to: address }] : []),
  ],
})

/** Hạnh corrected here without a line, the leader corrected the same phone elsewhere first. */
function twoDesks(signedIn = fakeOfficer) {
  const desk = createFakeDesk({ signedIn })
  fillOffice(desk, 40)
  const view = inProcessing(desk)
  const returned = correction(view, '0912 000 111', 'Thôn Vân Côi')
  desk.giveBack(fakeOfficer, returned, 'dossier/changed-meanwhile', '2022-08-16T09:40:00.000Z')
  desk.execute(fakeLeader, correction(view, '0912 000 222'), '2022-08-17T02:12:00.000Z')
  return { desk, view }
}

async function openConflict(desk: FakeDesk, view: DossierView) {
  const { user } = await renderApp(desk, `#/dossier/${view.id}`)
  await user.click(await screen.findByRole('button', { name: 'Xem và chọn' }))
  const dialog = await screen.findByRole('dialog', { name: 'Hai người đã sửa cùng một hồ sơ' })
  return { user, dialog, field: within(dialog).getByRole('group', { name: 'Điện thoại' }) }
}

function lastCommand(desk: FakeDesk): unknown {
  const call = desk.calls.findLast(({ channel }) => channel === 'dossier.execute')
  return (call?.input as { command: unknown } | undefined)?.command
}

async function violations(): Promise<readonly string[]> {
  const { violations: found } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

test('both texts stand side by side with who, where and when, what differs is marked, nothing is chosen; axe finds nothing', async () => {
  const { desk, view } = twoDesks()
  const { dialog, field } = await openConflict(desk, view)
  const mine = within(field).getByRole('radio', {
    name: 'Bản của quầy này Phạm Thị Hạnh, quầy này, 16/08, 16:40 0912 000 111',
  })
  const theirs = within(field).getByRole('radio', {
    name: 'Bản đang có trong hồ sơ Hoàng Văn Sơn, quầy này, Hôm nay, 09:12 0912 000 222',
  })
  for (const radio of within(dialog).getAllByRole('radio')) expect(radio).not.toBeChecked()
  expect(within(field).getAllByText('111', { selector: 'mark' })).toHaveLength(1)
  expect(mine).toBeEnabled()
  expect(theirs).toBeEnabled()
  expect(within(dialog).getByText(/Thôn Vân Côi/)).toBeVisible()
  expect(await violations()).toEqual([])
})

test('saving without a choice asks for it and sends nothing', async () => {
  const { desk, view } = twoDesks()
  const { user, field } = await openConflict(desk, view)
  await waitFor(() => expect(within(field).getAllByRole('radio')[0]).toHaveFocus())
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await within(field).findByRole('alert')).toHaveTextContent('Chọn một bản cho mục Điện thoại')
  expect(lastCommand(desk)).toBeUndefined()
})

test('the choice is a new correction that answers the returned one; both texts stand in Diễn biến', async () => {
  const { desk, view } = twoDesks()
  const { user, field } = await openConflict(desk, view)
  await user.click(within(field).getByRole('radio', { name: /Bản đang có/ }))
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(lastCommand(desk)).toMatchObject({
    type: 'correct-dossier',
    resolves: expect.any(String),
    changes: [
      { field: 'applicant.phone', from: '0912 000 222', to: '0912 000 222', returned: '0912 000 111' },
      { field: 'applicant.address', to: 'Thôn Vân Côi' },
    ],
  })
  const history = screen.getByRole('region', { name: 'Diễn biến' })
  expect(await within(history).findByText(/Điện thoại: giữ 0912 000 222/)).toHaveTextContent(
    'bản không chọn: 0912 000 111',
  )
  expect(within(history).getByText(/đã trả lời/)).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Xem và chọn' })).toBeNull()
})

test('a third text is typed without the mouse and without a letter lost', async () => {
  const { desk, view } = twoDesks()
  const { user, dialog, field } = await openConflict(desk, view)
  await user.type(within(field).getByRole('textbox', { name: 'Điện thoại: ghi khác' }), '0912 000 333')
  // A slip of Esc costs nothing.
  await user.keyboard('{Escape}')
  expect(await within(dialog).findByText('Chữ đã gõ chưa lưu.')).toBeVisible()
  expect(within(field).getByRole('radio', { name: 'Ghi khác' })).toBeChecked()
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(lastCommand(desk)).toMatchObject({
    changes: [{ field: 'applicant.phone', to: '0912 000 333', returned: '0912 000 111' }, {}],
  })
})

test('"Bỏ thay đổi của tôi" leaves the dossier as it is and keeps what was dropped', async () => {
  const { desk, view } = twoDesks()
  const { user, dialog } = await openConflict(desk, view)
  await user.click(within(dialog).getByRole('button', { name: 'Bỏ thay đổi của tôi' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const after = desk.views().find(({ id }) => id === view.id)
  expect(after?.dossier.applicant).toMatchObject({ phone: '0912 000 222' })
  expect(after?.exchange).toBe('waiting')
  expect(JSON.stringify(lastCommand(desk))).toContain('0912 000 111')
})

test.each([
  ['the outbox', '#/outbox', undefined],
  ['the work list', '', 'row'],
])('what came back is also reached from %s', async (_, hash, place) => {
  const { desk, view } = twoDesks()
  const { user } = await renderApp(desk, hash)
  if (place) await user.click(await screen.findByRole('row', { name: new RegExp(view.dossier.applicant.name) }))
  await user.click(await screen.findByRole('button', { name: 'Xem và chọn' }))
  expect(await screen.findByRole('dialog', { name: 'Hai người đã sửa cùng một hồ sơ' })).toBeVisible()
})

test('"Hỏi lại sau" changes nothing, and the work stays among what came back', async () => {
  const { desk, view } = twoDesks()
  const { user, dialog } = await openConflict(desk, view)
  await user.click(within(dialog).getByRole('button', { name: 'Hỏi lại sau' }))
  expect(lastCommand(desk)).toBeUndefined()
  expect(await screen.findByRole('button', { name: 'Xem và chọn' })).toBeVisible()
})

test('an officer of another role sees both texts and is told who has to choose', async () => {
  const { desk, view } = twoDesks(fakeSpecialist)
  const { dialog } = await openConflict(desk, view)
  expect(within(dialog).getByText(/Nhờ người phụ trách chọn/)).toBeVisible()
  expect(within(dialog).queryByRole('button', { name: /Lưu lựa chọn/ })).toBeNull()
})

test('work without fields to choose is told in words and can be let go', async () => {
  const desk = createFakeDesk({ signedIn: fakeSpecialist })
  fillOffice(desk, 40)
  const view = desk.views().find(({ dossier }) => dossier.state.status === 'received')
  if (!view) throw new Error('no received dossier')
  desk.giveBack(fakeSpecialist, { type: 'start-processing', dossierId: view.id }, 'dossier/wrong-status')
  const { user } = await renderApp(desk, `#/dossier/${view.id}`)
  await user.click(await screen.findByRole('button', { name: 'Xem và chọn' }))
  const dialog = await screen.findByRole('dialog', { name: 'Huyện trả lại' })
  await user.click(within(dialog).getByRole('button', { name: 'Bỏ thay đổi của tôi' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(lastCommand(desk)).toMatchObject({ type: 'withdraw-returned', returnedType: 'processing-started' })
  expect(await screen.findByText('Bỏ việc bị trả lại: Nhận xử lý.')).toBeVisible()
})

function withFinding(signedIn: string) {
  const desk = createFakeDesk({ signedIn })
  fillOffice(desk, 40)
  const view = inProcessing(desk)
  desk.find(view.id, 'finding/lost-race')
  return { desk, view }
}

test('a leader closes what the upper tier found with a note, which stands in Diễn biến', async () => {
  const { desk, view } = withFinding(fakeLeader)
  const { user } = await renderApp(desk, `#/dossier/${view.id}`)
  await user.click(await screen.findByRole('button', { name: 'Đã xem xét' }))
  await user.type(await screen.findByRole('textbox', { name: /Ý kiến của lãnh đạo/ }), 'Đã nhắc hai quầy')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(screen.queryByText('Lãnh đạo cần xem')).toBeNull())
  expect(await screen.findByText('Lãnh đạo đã xem xét: Đã nhắc hai quầy')).toBeVisible()
  expect(screen.getByText(/\(đã xem xét\)/)).toBeVisible()
})

test('an officer sees a finding and cannot close it', async () => {
  const { desk, view } = withFinding(fakeOfficer)
  await renderApp(desk, `#/dossier/${view.id}`)
  expect(await screen.findByText('Lãnh đạo cần xem')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Đã xem xét' })).toBeNull()
})
