import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { createFakeDesk, fakeOfficer } from '../../harness/fake-desk.ts'
import { renderApp } from '../../harness/render-app.tsx'
import { fillOffice } from '../../harness/sample-office.ts'

test('unsent work is listed; "Gửi ngay" empties it once the line is there', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 60)
  const { user } = await renderApp(desk, '#/outbox')
  const waiting = desk.views().filter(({ exchange }) => exchange === 'waiting').length
  const section = screen.getByRole('region', { name: 'Đang chờ gửi' })
  const table = await within(section).findByRole('table')
  expect(within(table).getAllByRole('row')).toHaveLength(waiting + 1)
  expect(screen.getByText(/Tự gửi ngay khi có mạng/)).toBeVisible()
  desk.setLine('online')
  await user.click(screen.getByRole('button', { name: 'Gửi ngay' }))
  expect(await screen.findByText('Không còn gì chờ gửi. F1 về Việc cần làm.')).toBeVisible()
  expect(screen.getAllByRole('img', { name: 'Huyện đã nhận' }).length).toBeGreaterThan(0)
})

test('returned work says why and what next, and drafts are counted', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 10)
  const [view] = desk.views()
  if (view) desk.mark(view.id, 'returned', 'dossier/wrong-status')
  desk.saveDraft('018f0000-0000-7000-8000-000000000d01', { version: 1 })
  await renderApp(desk, '#/outbox')
  expect(await screen.findByText('Lúc nhận, hồ sơ đã sang bước khác.')).toBeVisible()
  expect(await screen.findByText(/Còn 1 nháp bỏ dở/)).toBeVisible()
  expect(screen.getAllByRole('link', { name: 'Mở hồ sơ' })[0]).toHaveAttribute('href', `#/dossier/${view?.id}`)
})

test('sending shows a bar with counts', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 10)
  const exchange = {
    line: 'exchanging',
    unsentEvents: 12,
    unsentScans: 0,
    sending: [],
    progress: { done: 8, total: 12, what: 'events' },
  } as const
  desk.change({ exchange })
  await renderApp(desk, '#/outbox')
  expect(await screen.findByRole('progressbar', { name: 'Tiến độ gửi' })).toHaveAttribute(
    'aria-valuenow',
    `${(100 * 8) / 12}`,
  )
  expect(screen.getByText('Đang gửi 8 trên 12')).toBeVisible()
  expect(screen.getByText(/^Tắt máy giữa chừng cũng không mất/)).toBeVisible()
})

test('Ctrl Enter sends now, once, and not while the desk is sending', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 10)
  const { user } = await renderApp(desk, '#/outbox')
  await screen.findByRole('button', { name: 'Gửi ngay' })
  await user.keyboard('{Control>}{Enter>3/}{/Control}')
  const wishes = () => desk.calls.filter(({ channel }) => channel === 'exchange.now').length
  expect(wishes()).toBe(1)
  desk.setLine('exchanging')
  await screen.findAllByText(/đang gửi/)
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(wishes()).toBe(1)
})

test('the posted list is searched without accents and starts an intake', async () => {
  const { user } = await renderApp(undefined, '#/catalogue')
  await user.type(await screen.findByRole('textbox', { name: 'Tìm thủ tục' }), 'khai tu')
  await user.click(await screen.findByRole('button', { name: /^Đăng ký khai tử/ }))
  const card = await screen.findByRole('region', { name: 'Đăng ký khai tử' })
  expect(within(card).getByText('Đã kiểm chứng')).toBeVisible()
  expect(within(card).getByText('Thành phần hồ sơ')).toBeVisible()
  await user.click(within(card).getByRole('link', { name: /Tiếp nhận/ }))
  await waitFor(() => expect(window.location.hash).toBe('#/intake?procedure=1.000656'))
})

test('what is not verified is said beside the facts', async () => {
  const { user } = await renderApp(undefined, '#/catalogue')
  await user.type(await screen.findByRole('textbox', { name: 'Tìm thủ tục' }), 'tu tuat')
  expect(await screen.findByText('Kiểm chứng một phần')).toBeVisible()
})
