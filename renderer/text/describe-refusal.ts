import { assertNever } from '../../shared/core/assert.ts'
import { dateOf } from '../../shared/core/time.ts'
import type { Channel, Failure } from '../../shared/ipc/contract.ts'
import { formatBytes, formatDate, formatMoment, formatTime } from './format.ts'
import { t } from './t.ts'

/** What happened, and what to do about it. */
export interface Notice {
  readonly title: string
  readonly action: string
}

export type AnyFailure = Failure<Channel>

/** Words for every failure a call may answer: a code without words does not compile. */
export function describeFailure(failure: AnyFailure): Notice {
  switch (failure.code) {
    case 'staff/not-permitted':
      return notice('notPermitted', { role: t(`statuses.role.${failure.role}`) })
    case 'dossier/not-found':
      return notice('notFound')
    case 'dossier/already-exists':
      return notice('alreadyExists')
    case 'dossier/wrong-status':
      return notice('wrongStatus', { status: t(`statuses.status.${failure.status}`) })
    case 'dossier/made-by-newer-version':
      return notice('newerVersion')
    case 'dossier/documents-missing':
      return notice('documentsMissing', { count: failure.documentIds.length })
    case 'dossier/declaration-incomplete':
      return notice('declarationIncomplete', { count: failure.problems.length })
    case 'dossier/applicant-incomplete':
      return notice('applicantIncomplete')
    case 'procedure/unknown':
      return notice('procedureUnknown')
    case 'due/must-be-entered':
      return notice('dueMustBeEntered')
    case 'due/before-receipt':
      return notice('dueBeforeReceipt')
    case 'fee/quantity-missing':
      return notice('feeQuantityMissing')
    case 'fee/quantity-unreadable':
      return notice('feeQuantityUnreadable', { text: failure.text })
    case 'fee/amount-needed':
      return notice('feeAmountNeeded')
    case 'fee/amount-unreadable':
      return notice('feeAmountUnreadable')
    case 'number/lane-exhausted':
      return notice('laneExhausted')
    case 'number/lane-expired':
      return notice('laneExpired', { date: formatDate(failure.validUntil) })
    case 'desk/clock-behind':
      return notice('clockBehind', { when: formatMoment(failure.lastEntryAt) })
    case 'desk/clock-differs':
      return notice('clockDiffers', { when: formatMoment(failure.rightNow) })
    case 'desk/clock-ahead':
      return notice('clockAhead', { when: formatMoment(failure.lastKnownAt) })
    case 'correction/unknown-field':
      return notice('unknownField')
    case 'correction/unfit-value':
      return notice('unfitValue')
    case 'correction/nothing-changed':
      return notice('nothingChanged')
    case 'correction/changed-meanwhile':
      return notice('correctedMeanwhile', { count: failure.fields.length })
    case 'returned/settled':
      return notice('returnedSettled')
    case 'finding/not-found':
      return notice('findingNotFound')
    case 'dossier/too-large':
      return notice('dossierTooLarge')
    case 'desk/not-whole':
      return notice('deskNotWhole')
    case 'session/signed-out':
      return notice('signedOut')
    case 'store/full':
      return notice('storeFull')
    case 'store/read-only':
      return notice('storeReadOnly')
    case 'store/damaged':
      return notice('storeDamaged')
    case 'attachment/too-large':
      return notice('attachmentTooLarge', { max: formatBytes(failure.maxBytes) })
    case 'attachment/wrong-type':
      return notice('attachmentWrongType')
    case 'attachment/empty':
      return notice('attachmentEmpty')
    case 'attachment/incomplete':
      return notice('attachmentIncomplete')
    case 'attachment/not-here':
      return notice('attachmentNotHere')
    case 'attachment/damaged':
      return notice('attachmentDamaged')
    case 'printer/no-printer':
      return notice('noPrinter')
    case 'printer/failed':
      return notice('printerFailed')
    case 'file/no-room':
      return notice('fileNoRoom')
    case 'file/cannot-write':
      return notice('fileCannotWrite')
    case 'file/cannot-read':
      return notice('fileCannotRead')
    case 'courier/not-courier':
      return notice('courierNotCourier')
    case 'courier/newer-version':
      return notice('courierNewerVersion')
    case 'courier/cut':
      return notice('courierCut')
    case 'courier/changed':
      return notice('courierChanged')
    case 'courier/other-district':
      return notice('courierOtherDistrict')
    case 'courier/other-unit':
      return notice('courierOtherUnit')
    case 'courier/unknown-author':
      return notice('courierUnknownAuthor')
    case 'courier/retired-author':
      return notice('courierRetiredAuthor')
    case 'courier/own-file':
      return notice('courierOwnFile')
    case 'courier/other-desk':
      return notice('courierOtherDesk')
    case 'courier/nothing-unsent':
      return notice('courierNothingUnsent')
    case 'courier/no-room':
      return notice('courierNoRoom')
    case 'courier/unreliable':
      return notice('courierUnreliable')
    case 'courier/gone':
      return notice('courierGone')
    case 'file/cancelled':
      return notice('fileCancelled')
    case 'enrolment/refused':
      return notice('enrolmentRefused', { reason: enrolmentReason(failure.reason) })
    case 'enrolment/bad-address':
      return notice('enrolmentBadAddress')
    case 'enrolment/incomplete-code':
      return notice('enrolmentIncomplete')
    case 'enrolment/not-enrolled':
      return notice('enrolmentNot')
    case 'tls/wrong-key':
      return notice('wrongKey')
    case 'tls/not-vouched':
      return notice('notVouched')
    case 'tls/dates':
      return notice('certificateDates')
    case 'desk/retired':
      return notice('deskRetired')
    case 'enrolment/already-enrolled':
      return notice('enrolmentAlready')
    case 'district/unreachable':
      return notice('unreachable')
    case 'session/wrong-code':
      return notice('wrongCode', { tries: failure.triesLeft })
    case 'session/locked':
      return notice('locked', { time: `${formatTime(failure.until)} ${formatDate(dateOf(failure.until))}` })
    case 'session/unknown-staff':
      return notice('unknownStaff')
    case 'session/not-enrolled':
      return notice('notEnrolled')
    case 'restore/no-backup':
      return notice('restoreNoBackup')
    case 'restore/not-a-recovery-file':
      return notice('restoreNotAKey')
    case 'restore/wrong-passphrase':
      return notice('restoreWrongPassphrase')
    case 'restore/other-key':
      return notice('restoreOtherKey', { keyId: failure.keyId })
    case 'restore/no-escrow':
      return notice('restoreNoEscrow')
    case 'restore/not-lent':
      return notice('restoreNotLent')
    case 'restore/damaged':
      return notice('restoreDamaged')
    case 'restore/other-unit':
      return notice('restoreOtherUnit')
    case 'restore/own-desk':
      return notice('restoreOwnDesk')
    case 'restore/not-carried':
      return failure.reason === 'courier/no-room'
        ? notice('restoreNotCarried')
        : notice('restoreNotTaken', { why: describeFailure({ code: failure.reason } as AnyFailure).title })
    case 'ipc/bad-input':
    case 'ipc/untrusted-sender':
    case 'main/failed':
      return notice('bug')
    default:
      return assertNever(failure)
  }
}

type NoticeKey = {
  [K in keyof typeof import('./vi/failures.ts').failures]: typeof import('./vi/failures.ts').failures[K] extends {
    readonly title: string
    readonly action: string
  }
    ? K
    : never
}[keyof typeof import('./vi/failures.ts').failures]

function notice(key: NoticeKey, values?: Readonly<Record<string, string | number>>): Notice {
  return { title: t(`failures.${key}.title`, values), action: t(`failures.${key}.action`, values) }
}

function enrolmentReason(code: string): string {
  switch (code) {
    case 'enrolment/bad-code':
      return t('failures.enrolmentBadCode')
    case 'enrolment/used-code':
      return t('failures.enrolmentUsedCode')
    case 'enrolment/expired-code':
      return t('failures.enrolmentExpiredCode')
    case 'enrolment/other-unit':
      return t('failures.enrolmentOtherUnit')
    case 'desk/retired':
      return t('failures.line.retired')
    case 'enrolment/too-many-tries':
      return t('failures.enrolmentTooManyTries')
    default:
      return t('failures.enrolmentOther')
  }
}
