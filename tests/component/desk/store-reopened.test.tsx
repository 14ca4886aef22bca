import { screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { reopenedMark } from '../../../shared/ipc/bridge.ts'
import { createFakeDesk, fakeOfficer } from '../../harness/fake-desk.ts'
import { renderApp } from '../../harness/render-app.tsx'

const place = window.location.href
afterEach(() => window.history.replaceState(null, '', place))

test('a page that main had to open again says so, until the officer has read it', async () => {
  window.history.replaceState(null, '', `?${reopenedMark}`)
  const { user } = await renderApp(createFakeDesk({ signedIn: fakeOfficer }))
  expect(await screen.findByText('Màn hình vừa tự mở lại sau trục trặc.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Đóng thông báo' }))
  expect(screen.queryByText('Màn hình vừa tự mở lại sau trục trặc.')).toBeNull()
})
