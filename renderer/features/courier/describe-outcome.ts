import { assertNever } from '../../../shared/core/assert.ts'
import type { CourierRead, CourierWritten } from '../../../shared/ipc/contract.ts'
import { courierFaults } from '../../../shared/wire/courier.ts'
import { describeFailure, type Notice } from '../../text/describe-refusal.ts'
import { formatCount } from '../../text/format.ts'
import { t } from '../../text/t.ts'

/** What writing or reading a file did, in words; undefined when the officer thought better of it. */
export function describeOutcome(outcome: CourierRead | CourierWritten, tier: string): Notice | undefined {
  switch (outcome.outcome) {
    case 'cancelled':
      return undefined
    case 'written': {
      const counts = { events: formatCount(outcome.events), scans: formatCount(outcome.scans) }
      return {
        title: t('courier.outcome.written.title', { ...counts, name: outcome.name }),
        action: t('courier.outcome.written.action'),
      }
    }
    case 'carrying': {
      const counts = { events: formatCount(outcome.events), scans: formatCount(outcome.scans) }
      return {
        title: t('courier.outcome.carrying.title', counts),
        action: t('courier.outcome.carrying.action'),
      }
    }
    case 'receipt':
      return describeReceipt(outcome, tier)
    default:
      return assertNever(outcome)
  }
}

function describeReceipt(
  { accepted, returned, received, scans }: Extract<CourierRead, { outcome: 'receipt' }>,
  tier: string,
): Notice {
  if (accepted + returned + received + scans === 0) {
    return { title: t('courier.outcome.nothingNew.title'), action: t('courier.outcome.nothingNew.action') }
  }
  const came = t('courier.outcome.receipt.action', { received: formatCount(received) })
  const cameBack = returned > 0 ? ` ${t('courier.outcome.receipt.returned', { returned: formatCount(returned) })}` : ''
  return {
    title: t('courier.outcome.receipt.title', { tier, accepted: formatCount(accepted), scans: formatCount(scans) }),
    action: `${came}${cameBack}`,
  }
}

/** Why the upper tier did not take a carried file. */
export function describeCarriedRefusal(code: string | undefined): string {
  const fault = courierFaults.find((known) => known === code)
  if (!fault) return t('courier.tooOld')
  const { title, action } = describeFailure({ code: fault })
  return `${title} ${action}`
}
