import '../../../renderer/app/no-eval.ts'
import '../../../renderer/app/desk.ts'
import { createFakeDesk, type FakeDesk, fakeOfficer } from '../fake-desk.ts'
import { fillOffice } from '../sample-office.ts'

declare global {
  interface Window {
    fakeDesk: FakeDesk
  }
}

/** The real page on a fake desk, for looking at screens in any browser: `?dossiers=200&as=goi.hanh&door=1`. */
const asked = new URLSearchParams(window.location.search)
const door = asked.get('door')
const fake = createFakeDesk({
  signedIn: door ? undefined : (asked.get('as') ?? fakeOfficer),
  enrolled: door !== 'enrol',
})
fillOffice(fake, Number(asked.get('dossiers') ?? 200))
window.desk = fake.bridge
window.fakeDesk = fake
await import('../../../renderer/main.tsx')
