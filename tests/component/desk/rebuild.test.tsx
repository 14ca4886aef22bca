import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { referenceCell } from '../../../renderer/store/use-reference.ts'
import { procedureOf } from '../../harness/catalogue.ts'
import { createFakeDesk, type FakeDesk, fakeOfficer } from '../../harness/fake-desk.ts'
import { renderApp } from '../../harness/render-app.tsx'
import { fillOffice } from '../../harness/sample-office.ts'
import { answersFor, typedApplicant } from '../intake/answers.ts'
import { ctrl, fillWithEnter, press } from '../intake/keyboard.ts'

interface SlowDesk {
  readonly desk: FakeDesk
  /** Lets main fold so many more pages of the projection. */
  readonly letThrough: (pages: number) => void
}

/** A desk whose main folds a page only when the test lets it. */
function slowDesk(dossiers: number, pages: number): SlowDesk {
  const desk = createFakeDesk({ signedIn: fakeOfficer })
  fillOffice(desk, dossiers)
  let allowed = pages
  const waiting: (() => void)[] = []
  const { call } = desk.bridge
  const slow: FakeDesk['bridge']['call'] = async (channel, input) => {
    if (channel === 'projection.changes') {
      if (allowed > 0) allowed -= 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
    }
    return call(channel, input)
  }
  return {
    desk: { ...desk, bridge: { ...desk.bridge, call: slow } },
    letThrough(more) {
      const held = waiting.splice(0, more)
      for (const go of held) go()
      allowed += more - held.length
    },
  }
}

const rebuilding = /^Đang dựng lại danh sách trên máy/

test('while a long list is built anew a banner counts, work goes on, and at the end it goes by itself', async () => {
  const { desk, letThrough } = slowDesk(700, 1)
  const { user } = await renderApp(desk)
  const banner = (await screen.findByText(rebuilding)).closest('[role="status"]')
  if (!(banner instanceof HTMLElement)) throw new Error('the banner is no status')
  expect(within(banner).getByText('Đang dựng lại danh sách trên máy: 200 trên 700 hồ sơ.')).toBeVisible()
  expect(banner).toHaveTextContent('Vẫn tiếp nhận được trong lúc này.')
  letThrough(1)
  expect(await within(banner).findByText('Đang dựng lại danh sách trên máy: 400 trên 700 hồ sơ.')).toBeVisible()

  await waitFor(() => expect(referenceCell.get().catalogue).toBeDefined())
  const procedure = procedureOf('2.000815')
  await press(user, '{F2}')
  await screen.findByRole('heading', { level: 1 })
  await press(user, '2.000815{Enter}')
  const declared = Object.entries(answersFor(procedure, ({ required, kind }) => required || kind === 'count'))
  await fillWithEnter(user, {
    ...typedApplicant,
    ...Object.fromEntries(declared.map(([key, text]) => [`declaration/${key.replaceAll('.', '/')}`, text])),
  })
  await press(user, '{F6}')
  await ctrl(user, '{Enter}')
  expect(await screen.findByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible()
  expect(screen.getByText(rebuilding)).toBeVisible()

  letThrough(Number.POSITIVE_INFINITY)
  await waitFor(() => expect(screen.queryByText(rebuilding)).toBeNull())
  expect(desk.views()).toHaveLength(701)
})

test('a short catch-up is not worth a word', async () => {
  const { desk, letThrough } = slowDesk(450, 2)
  await renderApp(desk)
  const pulls = () => desk.calls.filter(({ channel }) => channel === 'projection.changes').length
  await waitFor(() => expect(pulls()).toBe(2))
  await screen.findByRole('grid')
  expect(screen.queryByText(rebuilding)).toBeNull()
  letThrough(Number.POSITIVE_INFINITY)
  await waitFor(() => expect(pulls()).toBe(3))
  expect(screen.queryByText(rebuilding)).toBeNull()
})
