import { screen } from '@testing-library/react'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import { createFakeDesk, fakeOfficer } from '../../harness/fake-desk.ts'
import { renderApp } from '../../harness/render-app.tsx'
import { fillOffice } from '../../harness/sample-office.ts'

/** Colours and sizes need a real layout: the e2e lane checks them in Electron. */
async function violations(): Promise<readonly string[]> {
  const { violations: found } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

const screens = [
  { hash: '', heading: 'Việc cần làm' },
  { hash: '#/outbox', heading: 'Cuối ngày và gửi hồ sơ' },
  { hash: '#/catalogue', heading: 'Niêm yết thủ tục' },
]

test.each(screens)('axe finds nothing on "$heading"', async ({ hash, heading }) => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 20)
  await renderApp(desk, hash)
  await screen.findByRole('heading', { level: 1, name: heading })
  expect(await violations()).toEqual([])
})

test('axe finds nothing on a dossier', async () => {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, 5)
  await renderApp(desk, `#/dossier/${desk.views()[0]?.id}`)
  await screen.findByRole('region', { name: 'Diễn biến' })
  expect(await violations()).toEqual([])
})

test('axe finds nothing at the door', async () => {
  await renderApp(createFakeDesk())
  await screen.findByRole('radio', { name: /Phạm Thị Hạnh/ })
  expect(await violations()).toEqual([])
})
