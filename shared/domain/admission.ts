import { ok } from '../core/result.ts'
import type { WorkingCalendar } from '../law/calendar.ts'
import type { Procedure } from '../law/procedure.ts'
import type { StaffMember } from '../law/staff.ts'
import { commandOf } from './command-of.ts'
import { decide, type Refusal } from './decide.ts'
import type { Dossier } from './dossier.ts'
import { type DossierEvent, findKnownEvent, isKnownEventType, isWitnessed, type StoredEvent } from './event.ts'

/** What a leader should look at although the act stands. */
export type Finding =
  | { readonly code: 'finding/refused-by-rule'; readonly refusal: string }
  | { readonly code: 'finding/lost-race' }
  | { readonly code: 'finding/other-due-date'; readonly computed: string }
  | { readonly code: 'finding/other-fee'; readonly computedVnd: number }
  | { readonly code: 'finding/unknown-staff' }
  /** Found by the district, which alone sees all numbers of a unit. */
  | { readonly code: 'finding/duplicate-number' }

/**
 * ```
 * event of a desk ─► admit ─► accepted · accepted with findings · parked · refused
 * ```
 * 1. The event's `seq` beyond the dossier's next one: **parked**, its predecessor has not come yet. A predecessor that was
 *    refused will never come: a witnessed act is then accepted, any other refused.
 * 2. A predecessor that just lost a race is coming back, decided again: nothing of its desk overtakes it in the dossier,
 *    a witnessed act is **parked**, any other refused.
 * 3. The rules are run again on the dossier as it now is; if they agree it is **accepted**.
 * 4. A witnessed act is accepted in any case, **with findings** where the rules disagree.
 * 5. Any other event that no longer holds, or whose `seq` was taken, is **refused** with a code; its desk rebases it.
 * 6. An event of an unknown type at its place is accepted: newer desks may be ahead of this district. So is what follows
 *    it in that dossier, without being decided again.
 */
export type Admission =
  | { readonly verdict: 'accepted'; readonly findings: readonly Finding[] }
  | { readonly verdict: 'parked'; readonly waitsFor: number }
  | { readonly verdict: 'refused'; readonly code: AdmissionRefusal }

export type AdmissionRefusal =
  | Refusal['code']
  | 'dossier/changed-meanwhile'
  | 'dossier/predecessor-refused'
  | 'event/malformed'

export interface AdmissionContext {
  readonly calendar: WorkingCalendar
  readonly catalogueVersion: number
  readonly findProcedure: (code: string, version: number) => Procedure | undefined
  readonly findStaff: (staffId: string) => StaffMember | undefined
  /** What became of what the same desk did to the dossier before: lost a race just now, or refused and not replaced. */
  readonly predecessor?: 'raced' | 'refused' | undefined
}

export function admit(dossier: Dossier | undefined, stored: StoredEvent, context: AdmissionContext): Admission {
  const expected = (dossier?.seq ?? 0) + 1
  const witnessed = isWitnessed(stored.type)
  const raced = context.predecessor === 'raced'
  const orphaned = context.predecessor === 'refused' && stored.seq > expected
  if ((raced || orphaned) && !witnessed) return { verdict: 'refused', code: 'dossier/predecessor-refused' }
  if (raced || (stored.seq > expected && !orphaned)) return { verdict: 'parked', waitsFor: expected }
  const lostRace = stored.seq !== expected
  if (lostRace && !witnessed) return { verdict: 'refused', code: 'dossier/changed-meanwhile' }
  const event = findKnownEvent(stored)
  if (!event) return isKnownEventType(stored.type) ? { verdict: 'refused', code: 'event/malformed' } : accepted([])
  const race: Finding[] = lostRace ? [{ code: 'finding/lost-race' }] : []
  const staff = context.findStaff(event.staffId)
  if (!staff) {
    return witnessed
      ? accepted([...race, { code: 'finding/unknown-staff' }])
      : { verdict: 'refused', code: 'staff/not-permitted' }
  }
  // Behind an event only newer desks understand these rules would judge by half the truth.
  if (dossier && dossier.newerEvents > 0) return accepted(race)
  const again = decideAgain(dossier, event, staff, context)
  if (again.ok) return accepted([...race, ...differences(event, again.value)])
  if (witnessed) return accepted([...race, { code: 'finding/refused-by-rule', refusal: again.error.code }])
  return { verdict: 'refused', code: again.error.code }
}

function accepted(findings: readonly Finding[]): Admission {
  return { verdict: 'accepted', findings }
}

function decideAgain(
  dossier: Dossier | undefined,
  event: DossierEvent,
  staff: StaffMember,
  context: AdmissionContext,
): ReturnType<typeof decide> {
  return decide(dossier, commandOf(event), {
    at: event.at,
    ...(event.effectiveAt ? { effectiveAt: event.effectiveAt } : {}),
    eventId: event.id,
    commandId: event.commandId,
    unitId: event.unitId,
    deskId: event.deskId,
    staff: { id: event.staffId, role: staff.role },
    law: {
      catalogueVersion: context.catalogueVersion,
      calendar: context.calendar,
      findProcedure: (code, version) => {
        const received = event.type === 'dossier-received' || event.type === 'intake-refused'
        const wanted = received ? event.body.procedure.version : version
        return wanted === undefined ? undefined : context.findProcedure(code, wanted)
      },
    },
    takeNumber: () =>
      event.type === 'dossier-received' ? ok(event.body.number) : { ok: false, error: { code: 'desk/not-whole' } },
  })
}

function differences(event: DossierEvent, again: DossierEvent): readonly Finding[] {
  if (event.type !== 'dossier-received' || again.type !== 'dossier-received') return []
  const findings: Finding[] = []
  if (event.body.due.dueAt !== again.body.due.dueAt) {
    findings.push({ code: 'finding/other-due-date', computed: again.body.due.dueAt })
  }
  if (event.body.fee.amountVnd !== again.body.fee.amountVnd) {
    findings.push({ code: 'finding/other-fee', computedVnd: again.body.fee.amountVnd })
  }
  return findings
}
