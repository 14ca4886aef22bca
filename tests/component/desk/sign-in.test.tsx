import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { DeskId } from '../../../shared/core/ids.ts'
import { createFakeDesk } from '../../harness/fake-desk.ts'
import { renderApp } from '../../harness/render-app.tsx'

test('a new computer is enrolled by keyboard, then asks who works', async () => {
  const { desk, user } = await renderApp(createFakeDesk({ enrolled: false }))
  expect(screen.getByRole('heading', { name: 'Ghi danh máy này' })).toBeVisible()
  await user.type(screen.getByLabelText(/Địa chỉ/), 'https://vuban.example.vn')
  await user.tab()
  await user.keyboard('abcd-1234')
  await user.tab()
  await user.keyboard('Quầy 2{Enter}')
  expect(await screen.findByRole('heading', { name: 'Đăng nhập' })).toBeVisible()
  expect(desk.calls.find(({ channel }) => channel === 'desk.enrol')?.input).toEqual({
    url: 'https://vuban.example.vn',
    code: 'abcd-1234',
    deskName: 'Quầy 2',
  })
})

test('a refused enrolment says why and what to do, and keeps what was typed', async () => {
  const { desk, user } = await renderApp(createFakeDesk({ enrolled: false }))
  desk.failNext('desk.enrol', { code: 'enrolment/refused', reason: 'enrolment/used-code' })
  await user.type(screen.getByLabelText(/Địa chỉ/), 'https://vuban.example.vn')
  await user.type(screen.getByLabelText(/Mã ghi danh/), 'abcd')
  await user.type(screen.getByLabelText(/Tên quầy/), 'Quầy 2{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('Mã đã dùng cho máy khác')
  expect(screen.getByLabelText(/Mã ghi danh/)).toHaveValue('abcd')
})

test('a computer that lost its identity file is told so, with its own id, and not greeted as a new one', async () => {
  const former = { deskId: '01920000-0000-7000-8000-000000000007' as DeskId, unsentEvents: 3 }
  await renderApp(createFakeDesk({ enrolled: false, former }))
  expect(screen.getByRole('heading', { name: 'Ghi danh lại máy này' })).toBeVisible()
  const alert = screen.getByRole('alert')
  expect(alert).toHaveTextContent('Hồ sơ đã lưu còn nguyên, 3 việc chờ gửi.')
  expect(alert).toHaveTextContent(former.deskId)
})

test('empty fields are named instead of sent', async () => {
  const { desk, user } = await renderApp(createFakeDesk({ enrolled: false }))
  await user.type(screen.getByLabelText(/Tên quầy/), '{Enter}')
  expect(await screen.findByText('Nhập tên quầy')).toBeVisible()
  expect(desk.calls.some(({ channel }) => channel === 'desk.enrol')).toBe(false)
})

test('an officer signs in with the keyboard alone', async () => {
  const { user } = await renderApp(createFakeDesk())
  const second = await screen.findByRole('radio', { name: /Trần Thị Mai/ })
  await user.click(second)
  await user.tab()
  await user.keyboard('123456{Enter}')
  expect(await screen.findByRole('heading', { name: 'Việc cần làm' })).toBeVisible()
  expect(screen.getByText('Trần Thị Mai')).toBeVisible()
})

test('a wrong code says how many tries are left', async () => {
  const { user } = await renderApp(createFakeDesk())
  await screen.findByRole('radio', { name: /Phạm Thị Hạnh/ })
  await user.type(screen.getByLabelText('Mã đăng nhập'), '000000{Enter}')
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('Mã đăng nhập không đúng.')
  expect(alert).toHaveTextContent('Còn 4 lần thử.')
})

test('signing out leads back to the door', async () => {
  const { user } = await renderApp()
  await user.click(screen.getByRole('button', { name: 'Đăng xuất' }))
  expect(await screen.findByRole('heading', { name: 'Đăng nhập' })).toBeVisible()
})
