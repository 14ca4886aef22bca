import { screen, within } from '@testing-library/react'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import type { CourierView } from '../../../shared/ipc/view.ts'
import { createFakeDesk, fakeOfficer } from '../../harness/fake-desk.ts'
import { renderApp } from '../../harness/render-app.tsx'
import { sampleId } from '../../harness/sample-events.ts'
import { fillOffice } from '../../harness/sample-office.ts'

const file = {
  lane: 2,
  createdAt: '2022-08-17T01:00:00.000Z',
  events: 12,
  scans: 3,
  bytes: 1_200_000,
} as const
const carried: CourierView['carried'] = [
  { ...file, fileId: sampleId(1), state: 'waiting' },
  { ...file, fileId: sampleId(2), state: 'answered' },
  { ...file, fileId: sampleId(3), state: 'refused', code: 'courier/retired-author' },
]

async function openOutbox() {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 10)
  const { user } = await renderApp(desk, '#/outbox')
  const section = await screen.findByRole('region', { name: 'Gửi bằng USB' })
  return { desk, user, section }
}

test('by keyboard alone: writing says what is in the file and that a receipt is still to come', async () => {
  const { user, section } = await openOutbox()
  const write = within(section).getByRole('button', { name: 'Ghi ra USB…' })
  write.focus()
  await user.keyboard('{Enter}')
  const said = await within(section).findByRole('alert')
  expect(said).toHaveTextContent(/Đã ghi \d+ việc, 0 bản quét vào tệp mot-cua-gui-so-1-.*\.motcua/)
  expect(said).toHaveTextContent('Việc vẫn ghi là chờ gửi cho tới khi có biên nhận.')
  const list = await within(section).findByRole('list', { name: 'Tệp đã ghi ở quầy này' })
  expect(within(list).getByText('chưa có biên nhận')).toBeVisible()
  await user.tab()
  expect(within(section).getByRole('button', { name: 'Đọc từ USB…' })).toHaveFocus()
})

test('while a file is written a bar shows how far', async () => {
  const { desk, section } = await openOutbox()
  desk.setCourier({ written: [], carried: [], progress: { done: 30_000_000, total: 120_000_000 } })
  expect(await within(section).findByRole('progressbar', { name: 'Tiến độ ghi ra USB' })).toHaveAttribute(
    'aria-valuenow',
    '25',
  )
  expect(within(section).getByText('Đang ghi 30,0 MB trên 120,0 MB')).toBeVisible()
})

test('a receipt is told in numbers; one that brings nothing is told as that; a refused file says why and what next', async () => {
  const { desk, user, section } = await openOutbox()
  const read = within(section).getByRole('button', { name: 'Đọc từ USB…' })
  const view = { written: [], carried: [] }
  desk.setCourier(view, { outcome: 'receipt', accepted: 12, returned: 1, received: 4, scans: 3 })
  await user.click(read)
  const said = await within(section).findByRole('alert')
  expect(said).toHaveTextContent('Huyện đã nhận 12 việc, 3 bản quét.')
  expect(said).toHaveTextContent('Có thêm 4 việc của quầy khác. Có 1 việc bị trả lại, xem bên phải.')
  desk.setCourier(view, { outcome: 'receipt', accepted: 0, returned: 0, received: 0, scans: 0 })
  await user.click(read)
  expect(await within(section).findByText('Biên nhận này không có gì mới.')).toBeVisible()
  desk.failNext('courier.read', { code: 'courier/cut' })
  await user.click(read)
  expect(await within(section).findByText('Tệp bị thiếu, chưa chép hết.')).toBeVisible()
  desk.setCourier(view)
  await user.click(read)
  expect(within(section).queryByRole('alert')).toBeNull()
})

test('files carried for others: waiting, answered with a receipt to take back, refused with a reason', async () => {
  const { desk, user, section } = await openOutbox()
  desk.setCourier({ written: [], carried })
  const list = await within(section).findByRole('list', { name: 'Tệp mang hộ' })
  const [waiting, answered, refused] = within(list).getAllByRole('listitem')
  if (!waiting || !answered || !refused) throw new Error('three files')
  expect(waiting).toHaveTextContent('Quầy dải số 2, ghi Hôm nay, 08:00: 12 việc, 3 bản quét, 1,2 MB')
  expect(within(waiting).queryByRole('button')).toBeNull()
  expect(refused).toHaveTextContent(
    'Nơi nhận không nhận: Quầy ghi tệp này đã được thay bằng máy khác. Mang tệp tới người quản trị',
  )
  await user.click(within(answered).getByRole('button', { name: /^Ghi biên nhận ra USB…/ }))
  expect(await screen.findByText('Đã ghi biên nhận ra USB.')).toBeVisible()
  await user.click(within(refused).getByRole('button', { name: /^Bỏ khỏi danh sách/ }))
  await expect.poll(() => within(list).getAllByRole('listitem').length).toBe(2)
})

test('axe finds nothing in it, in whatever state', async () => {
  const { desk, section } = await openOutbox()
  desk.setCourier({
    written: [{ fileId: sampleId(9), writtenAt: file.createdAt, events: 1, scans: 0 }],
    carried,
    progress: { done: 1, total: 2 },
  })
  await within(section).findByRole('list', { name: 'Tệp mang hộ' })
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))).toEqual([])
})
