import { configure, render, screen } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { App } from '../../renderer/app/app.tsx'
import { changePreferences } from '../../renderer/app/preferences.ts'
import { stopStore } from '../../renderer/store/current-store.ts'
import { deskStatusCell } from '../../renderer/store/use-desk-status.ts'
import { createFakeDesk, type FakeDesk, fakeOfficer } from './fake-desk.ts'
import { memoryStorage } from './open-store.ts'

export interface RenderedApp {
  readonly desk: FakeDesk
  readonly user: UserEvent
}

// RxDB's storage in memory is one for the whole process, so every page gets a name of its own.
let stores = 0

configure({ asyncUtilTimeout: 5000 })

/** The whole page on a fake desk, with RxDB in memory, as it stands after sign-in. */
export async function renderApp(
  desk = createFakeDesk({ signedIn: fakeOfficer }),
  hash = '',
  storage = memoryStorage(),
): Promise<RenderedApp> {
  await stopStore()
  giveElementsSize()
  deskStatusCell.set(undefined)
  changePreferences({ theme: 'light', textSize: '100', language: 'vi' })
  window.desk = desk.bridge
  window.location.hash = hash
  stores += 1
  render(<App place={{ storage, name: `app-${stores}` }} />)
  await screen.findByRole('main')
  return { desk, user: userEvent.setup({ delay: null }) }
}

/** What stands behind "Khác" on a dossier's screen. */
export async function chooseBesides(user: UserEvent, name: string): Promise<void> {
  await user.click(await screen.findByRole('button', { name: 'Khác' }))
  await user.click(await screen.findByRole('menuitem', { name }))
}

/** happy-dom lays nothing out; without a height a virtual list has no rows. */
function giveElementsSize(): void {
  const size = { configurable: true, get: () => 600 }
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', size)
  Object.defineProperty(HTMLElement.prototype, 'offsetWidth', size)
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', size)
}
