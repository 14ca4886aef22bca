import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { BackupStatus } from '../../../shared/ipc/view.ts'
import { createFakeDesk, fakeOfficer } from '../../harness/fake-desk.ts'
import { renderApp } from '../../harness/render-app.tsx'

async function openSettings(backup: BackupStatus) {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  desk.change({ backup })
  const app = await renderApp(desk)
  await app.user.click(screen.getByRole('button', { name: 'Cài đặt' }))
  return { ...app, section: await screen.findByRole('region', { name: 'Sao lưu' }) }
}

const done: BackupStatus = {
  state: 'done',
  folder: '/media/usb',
  lastAt: '2022-08-17T02:40:00.000Z',
  isStale: false,
  hasRecoveryKey: true,
}

test('the settings say where the backup goes, how old it is, and let the officer back up now', async () => {
  const { section, user, desk } = await openSettings(done)
  await waitFor(() => expect(within(section).getByText('Thư mục: /media/usb')).toBeVisible())
  expect(within(section).getByRole('status')).toHaveTextContent(/^Sao lưu lúc/)
  await user.click(within(section).getByRole('button', { name: 'Sao lưu ngay' }))
  await waitFor(() => expect(desk.calls.map(({ channel }) => channel)).toContain('backup.now'))
})

test('a choice this PC had no room to keep is told, and told no more once it is kept', async () => {
  const { section, user, desk } = await openSettings(done)
  desk.failNext('backup.choose-folder', { code: 'store/full' })
  await user.click(within(section).getByRole('button', { name: 'Chọn thư mục khác…' }))
  expect(await within(section).findByRole('alert')).toHaveTextContent('Ổ đĩa đầy, chưa lưu được.')
  await user.click(within(section).getByRole('button', { name: 'Chọn thư mục khác…' }))
  await waitFor(() => expect(within(section).queryByRole('alert')).toBeNull())
})

test('a missing folder and a missing recovery key are said in words, with what to do', async () => {
  const { section } = await openSettings({ ...done, state: 'missing', hasRecoveryKey: false })
  expect(within(section).getByRole('status')).toHaveTextContent('Không thấy thư mục sao lưu. Cắm lại ổ đĩa hoặc USB')
  await waitFor(() => expect(within(section).getByText(/Chưa có khoá phục hồi/)).toBeVisible())
})

test('a backup older than a day is a banner on every screen', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  desk.change({ backup: { ...done, isStale: true } })
  await renderApp(desk)
  expect(await screen.findByText(/Chưa sao lưu được từ/)).toBeVisible()
})

test('a dead PC is restored: folder, key file, passphrase; a wrong one is said and nothing is lost', async () => {
  const { section, user } = await openSettings(done)
  await user.click(within(section).getByRole('button', { name: /Phục hồi máy cũ/ }))
  const dialog = await screen.findByRole('dialog', { name: 'Phục hồi máy cũ từ bản sao lưu' })
  expect(within(dialog).getByRole('button', { name: 'Phục hồi' })).toBeDisabled()
  await waitFor(() => expect(within(dialog).getByRole('button', { name: /Chọn thư mục có bản sao lưu/ })).toHaveFocus())
  await user.keyboard('{Enter}')
  expect(await within(dialog).findByRole('radio', { name: /Quầy 9/ })).toBeChecked()
  // Without a key file there is nothing the passphrase could open.
  expect(within(dialog).getByRole('button', { name: 'Phục hồi' })).toBeDisabled()
  await user.click(within(dialog).getByRole('button', { name: /Chọn tệp khoá/ }))
  expect(await within(dialog).findByText('Đã chọn khoá 00112233aabbccdd')).toBeVisible()
  const field = within(dialog).getByLabelText('Mật khẩu của tệp khoá')
  await user.type(field, 'sai')
  await user.click(within(dialog).getByRole('button', { name: 'Phục hồi' }))
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('Mật khẩu không đúng với tệp khoá này.')
  await user.type(field, ' rồi đúng')
  await user.click(within(dialog).getByRole('button', { name: 'Phục hồi' }))
  expect(await screen.findByText(/3 việc chưa gửi sẽ được gửi tiếp, 2 bản nháp/)).toBeVisible()
})
