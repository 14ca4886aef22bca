import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { createFakeDesk, fakeOfficer } from '../../harness/fake-desk.ts'
import { renderApp } from '../../harness/render-app.tsx'

const resting = { unsentEvents: 3, unsentScans: 0, sending: [] } as const

test('a desk the upper tier forgot says so and is enrolled again from the outbox, with a new code', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  desk.change({ exchange: { ...resting, line: 'refused', code: 'desk/unknown' } })
  const { user } = await renderApp(desk, '#/outbox')
  expect(await screen.findByText(/Nơi nhận không nhận ra máy này. Dữ liệu còn nguyên/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Ghi danh lại' }))
  const dialog = await screen.findByRole('dialog', { name: 'Ghi danh lại máy này' })
  await waitFor(() => expect(within(dialog).getByLabelText(/Địa chỉ/)).toHaveFocus())
  await user.type(within(dialog).getByLabelText(/Địa chỉ/), 'https://huyen.example.vn')
  await user.type(within(dialog).getByLabelText(/Mã ghi danh/), 'abcd-efgh-jklm')
  desk.failNext('desk.re-enrol', { code: 'tls/wrong-key' })
  await user.click(within(dialog).getByRole('button', { name: 'Ghi danh lại' }))
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('Mã chưa được gửi đi')
  await user.click(within(dialog).getByRole('button', { name: 'Ghi danh lại' }))
  expect(desk.calls.filter(({ channel }) => channel === 'desk.re-enrol').at(-1)?.input).toEqual({
    url: 'https://huyen.example.vn',
    code: 'abcd-efgh-jklm',
  })
})

test('a server with another certificate is named so, on the line and in the outbox, and enrolling again is offered', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  desk.change({ exchange: { ...resting, line: 'untrusted', code: 'tls/wrong-key' } })
  await renderApp(desk, '#/outbox')
  expect((await screen.findAllByText(/Sai nơi nhận, chưa gửi gì/)).length).toBeGreaterThan(1)
  expect(screen.getByText(/không phải nơi nhận đã biết. Không gửi gì, không mất gì/)).toBeVisible()
  expect(screen.getByRole('button', { name: 'Ghi danh lại' })).toBeVisible()
})

test('a certificate whose dates do not fit asks for the clock, not for a new enrolment', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  desk.change({ exchange: { ...resting, line: 'untrusted', code: 'tls/dates' } })
  await renderApp(desk, '#/outbox')
  expect(await screen.findByText(/Chỉnh lại giờ máy/)).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Ghi danh lại' })).toBeNull()
})

test('a retired desk says on every screen what it still does', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  desk.change({ retired: true })
  await renderApp(desk)
  expect(await screen.findByText(/Máy này đã được cho nghỉ/)).toBeVisible()
  expect(screen.getByText(/Vẫn xem được mọi hồ sơ, không mất gì/)).toBeVisible()
})
