import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { currentStore } from '../../../renderer/store/current-store.ts'
import { createFakeDesk, type FakeDesk, fakeOfficer } from '../../harness/fake-desk.ts'
import { type FullStorage, fullStorage } from '../../harness/open-store.ts'
import { renderApp } from '../../harness/render-app.tsx'
import { fillOffice } from '../../harness/sample-office.ts'

const behind = /danh sách có thể thiếu việc mới nhất/
/** Longer than the pause before the next try. */
const aTryLater = { timeout: 8000 }

async function openOffice(): Promise<{ readonly desk: FakeDesk; readonly disk: FullStorage }> {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 20)
  const disk = fullStorage()
  await renderApp(desk, '', disk.storage)
  await waitFor(() => expect(listed()).toBe(20))
  return { desk, disk }
}

function receiveMore(desk: FakeDesk, count: number): void {
  fillOffice(desk, count, 12)
  desk.hint('projection')
}

function listed(): number | undefined {
  return currentStore()?.index.size()
}

function reported(desk: FakeDesk): number {
  return desk.calls.filter(({ input }) => (input as { code?: string })?.code === 'store/write-failed').length
}

test('a list that cannot be written is told, and catches up by itself once there is room', async () => {
  const { desk, disk } = await openOffice()
  expect(screen.queryByText(behind)).toBeNull()
  disk.fill('dossiers', 'checkpoint')
  receiveMore(desk, 3)
  const banner = (await screen.findByText(behind)).closest('[role="status"]')
  expect(banner).toHaveTextContent('Việc đã báo "Đã lưu" vẫn nguyên trong sổ ghi.')
  expect(banner).toHaveTextContent('xóa bớt tệp khác')
  expect(listed()).toBe(20)

  const before = disk.failures()
  await waitFor(() => expect(disk.failures()).toBeGreaterThan(before), aTryLater)
  expect(screen.getByText(behind)).toBeVisible()
  expect(reported(desk)).toBe(1)

  disk.fill()
  await waitFor(() => expect(screen.queryByText(behind)).toBeNull(), aTryLater)
  await waitFor(() => expect(listed()).toBe(23))
})

test.each(['checkpoint', 'drafts'])(
  '%s: what could not be written is written later, and the condition goes',
  async (collection) => {
    const { desk, disk } = await openOffice()
    disk.fill(collection)
    receiveMore(desk, 3)
    desk.saveDraft('018f0000-0000-7000-8000-000000000d01', { version: 1, typed: 'Nguyễn Thị Đường' })
    desk.hint('drafts')
    await screen.findByText(behind)
    disk.fill()
    await waitFor(() => expect(screen.queryByText(behind)).toBeNull(), aTryLater)
    const { checkpoint, drafts } = currentStore()?.database.collections ?? {}
    const head = Math.max(...desk.views().map(({ position }) => position))
    expect((await checkpoint?.findOne('projection').exec())?.position).toBe(head)
    expect(await drafts?.count().exec()).toBe(1)
  },
)

test('one thing that is written does not take back what is told of another', async () => {
  const { desk, disk } = await openOffice()
  disk.fill('dossiers')
  receiveMore(desk, 1)
  await screen.findByText(behind)
  desk.saveDraft('018f0000-0000-7000-8000-000000000d01', { version: 1, typed: 'Nguyễn Thị Đường' })
  desk.hint('drafts')
  await waitFor(async () => expect(await currentStore()?.database.collections.drafts.count().exec()).toBe(1))
  expect(screen.getByText(behind)).toBeVisible()
})
