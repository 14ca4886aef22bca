import type { TextShape } from '../text-shape.ts'
import type { signIn as vi } from '../vi/sign-in.ts'

export const signIn: TextShape<typeof vi> = {
  enrolTitle: 'Enrol this computer',
  enrolLead: 'Once, with a line. The receiving side gives you address and code.',
  address: 'Address',
  addressHint: 'Such as https://vuban.example.vn',
  code: 'Enrolment code',
  codeHint: 'Works once. Case does not matter.',
  deskName: 'Desk name',
  deskNameHint: 'Such as Desk 2',
  enrol: 'Enrol',
  enrolling: 'Enrolling…',
  reEnrol: 'Enrol again',
  reEnrolTitle: 'Enrol this computer again',
  reEnrolLead: 'Ask the administrator for a new code. Dossiers, scans and unsent work stay on this computer.',
  identityLost:
    'The identity file of this computer is lost or damaged. Saved dossiers are all there, {{count}} unsent.',
  identityLostAction:
    'Delete nothing. Ask the administrator for a code that replaces desk {{deskId}} and enter it here.',
  required: 'Enter: {{field}}',
  title: 'Sign in',
  officer: 'Officer',
  officerHint: '↑ ↓ to choose, Tab to the code.',
  signInCode: 'Sign-in code',
  signIn: 'Start work',
  signingIn: 'Checking…',
  noStaff: 'No staff list yet. Go online once to get it.',
  offlineNote: 'Signing in works without a line.',
}
