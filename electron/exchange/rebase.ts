import { commandOf } from '../../shared/domain/command-of.ts'
import { decide } from '../../shared/domain/decide.ts'
import {
  type DossierEvent,
  findKnownEvent,
  formersOf,
  isWitnessed,
  mostRebased,
  type StoredEvent,
} from '../../shared/domain/event.ts'
import { foldDossier } from '../../shared/domain/fold.ts'
import { type DecidingDesk, findDecisionContext } from '../commands/decision-context.ts'
import { chainEvent } from '../journal/chain.ts'
import type { JournalIndex } from '../journal/journal-index.ts'

const rebasedCodes: ReadonlySet<string> = new Set(['dossier/changed-meanwhile', 'dossier/predecessor-refused'])

/**
 * Decides lost races again on the dossier as it now is, keeping command id, moment and officer.
 * ```
 * refused "changed meanwhile" ─► commandOf(event) ─► decide on the new state ─┬─► new own event, old one marked
 *                                                                            └─► still refused, or too often: the officer is asked
 * ```
 * Runs in the command handler's turn, in the order the officer acted, however often each was decided again: what came first is
 * in place when what followed it is decided.
 */
export async function rebaseLostRaces(desk: DecidingDesk): Promise<number> {
  let rebased = 0
  for (const event of await lostRaces(desk)) {
    if (await rebase(desk, event)) rebased += 1
  }
  return rebased
}

async function lostRaces({ journal }: DecidingDesk): Promise<readonly DossierEvent[]> {
  const lost = [...journal.index.refused.values()]
    .filter((entry) => entry.chainN !== undefined && rebasedCodes.has(entry.refusedCode ?? ''))
    .filter((entry) => !isWitnessed(entry.type))
  const events = await Promise.all(lost.map((entry) => journal.eventOf(entry)))
  return events
    .flatMap((event) => findKnownEvent(event) ?? [])
    .filter((event) => formersOf(event).length + 1 < mostRebased)
    .sort((a, b) => firstPlace(journal.index, a) - firstPlace(journal.index, b))
}

/** Accepted, or done here before: what the officer did afterwards must not stand in the way of what came first. */
function isBefore(index: JournalIndex, other: StoredEvent, event: StoredEvent): boolean {
  const isAccepted = index.events.get(other.id)?.streamSeq !== undefined
  return isAccepted || firstPlace(index, other) < firstPlace(index, event)
}

/** Where in this desk's chain it was first done, however often it was decided again since. */
function firstPlace(index: JournalIndex, event: StoredEvent): number {
  const places = [event.id, ...formersOf(event)].flatMap((id) => index.events.get(id)?.chainN ?? [])
  return places.length > 0 ? Math.min(...places) : 0
}

async function rebase(desk: DecidingDesk, event: DossierEvent): Promise<boolean> {
  const { journal, reference } = desk
  const staff = reference.findStaff(event.staffId)
  if (!staff) return false
  const before = formersOf(event)
  const context = findDecisionContext(desk, {
    commandId: event.commandId,
    staff: { id: staff.id, role: staff.role },
    again: { at: event.at, rebasedFrom: event.id, ...(before.length > 0 ? { rebasedBefore: before } : {}) },
  })
  if (!context) return false
  const history = await journal.history(event.dossierId)
  const dossier = foldDossier(history.filter((other) => isBefore(journal.index, other, event)))
  const decision = decide(dossier, commandOf(event), context)
  if (!decision.ok) return false
  const own = chainEvent(journal.index.chain, decision.value)
  await journal.append([{ own: [own], rebased: [{ from: event.id, to: decision.value.id }] }])
  return true
}
