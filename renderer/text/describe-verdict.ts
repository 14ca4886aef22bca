import type { Notice } from './describe-refusal.ts'
import { t } from './t.ts'

/** Why the upper tier returned a piece of work. The code comes over the wire, so unknown ones get plain words too. */
export function describeReturned(code: string | undefined): Notice {
  return { title: returnedTitle(code), action: t('failures.returned.nextStep') }
}

function returnedTitle(code: string | undefined): string {
  switch (code) {
    case 'dossier/changed-meanwhile':
    case 'dossier/predecessor-refused':
    case 'correction/changed-meanwhile':
      return t('failures.returned.changedMeanwhile')
    case 'dossier/wrong-status':
      return t('failures.returned.wrongStatus')
    case 'staff/not-permitted':
      return t('failures.returned.notPermitted')
    case 'event/altered':
    case 'event/foreign':
      return t('failures.returned.altered')
    case 'event/malformed':
      return t('failures.returned.malformed')
    case 'dossier/made-by-newer-version':
      return t('failures.returned.newerVersion')
    default:
      return t('failures.returned.other')
  }
}

/** What a leader has to look at although the act stands. */
export function describeFinding(code: string): string {
  switch (code) {
    case 'finding/refused-by-rule':
      return t('failures.finding.refusedByRule')
    case 'finding/lost-race':
      return t('failures.finding.lostRace')
    case 'finding/other-due-date':
      return t('failures.finding.otherDueDate')
    case 'finding/other-fee':
      return t('failures.finding.otherFee')
    case 'finding/duplicate-number':
      return t('failures.finding.duplicateNumber')
    case 'finding/unknown-staff':
      return t('failures.finding.unknownStaff')
    default:
      return t('failures.finding.other')
  }
}

/** Why nothing is exchanged with the upper tier, and what helps. */
export function describeLineRefusal(code: string | undefined): string {
  switch (code) {
    case 'desk/retired':
      return t('failures.line.retired')
    case 'desk/unknown':
      return t('failures.line.unknownDesk')
    case 'tls/wrong-key':
      return t('failures.line.wrongKey')
    case 'tls/not-vouched':
      return t('failures.line.notVouched')
    case 'tls/dates':
      return t('failures.line.certificateDates')
    case 'protocol/too-old':
      return t('failures.line.tooOld')
    case 'request/expired':
    case 'request/replayed':
      return t('failures.line.clock')
    case 'district/overloaded':
      return t('failures.line.overloaded')
    case 'store/full':
      return t('failures.line.full')
    case 'store/read-only':
      return t('failures.line.readOnly')
    case 'store/damaged':
      return t('failures.line.damaged')
    case 'main/failed':
      return t('failures.line.bug')
    default:
      return t('failures.line.other')
  }
}
