import type { EventId } from '../../shared/core/ids.ts'
import { commandOf } from '../../shared/domain/command-of.ts'
import { decide } from '../../shared/domain/decide.ts'
import { findKnownEvent, isWitnessed, mostRebased } from '../../shared/domain/event.ts'
import { foldDossier } from '../../shared/domain/fold.ts'
import { type DecidingDesk, findDecisionContext } from '../commands/decision-context.ts'
import { chainEvent } from '../journal/chain.ts'
import type { EventEntry } from '../journal/event-entry.ts'
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
  for (const entry of lostRaces(desk)) {
    if (await rebase(desk, entry)) rebased += 1
  }
  return rebased
}

function lostRaces(desk: DecidingDesk): readonly EventEntry[] {
  return [...desk.journal.index.refused.values()]
    .filter((entry) => entry.chainN !== undefined && rebasedCodes.has(entry.refusedCode ?? ''))
    .filter((entry) => !isWitnessed(entry.type))
    .filter((entry) => formersOf(desk.journal.index, entry).length + 1 < mostRebased)
    .sort((a, b) => firstPlace(desk.journal.index, a) - firstPlace(desk.journal.index, b))
}

/** Accepted, or done here before: what the officer did afterwards must not stand in the way of what came first. */
function isBefore(index: JournalIndex, eventId: string, entry: EventEntry): boolean {
  const other = index.events.get(eventId)
  return !other || other.streamSeq !== undefined || firstPlace(index, other) < firstPlace(index, entry)
}

function firstPlace(index: JournalIndex, entry: EventEntry): number {
  return (formersOf(index, entry).at(-1) ?? entry).chainN ?? 0
}

/** What an event was before it was decided again, however often; the first one last. */
function formersOf(index: JournalIndex, entry: EventEntry): readonly EventEntry[] {
  const events = index.dossiers.get(entry.dossierId)?.events ?? []
  const formers: EventEntry[] = []
  for (let next: EventEntry | undefined = entry; next; ) {
    const { eventId }: EventEntry = next
    next = events.find(({ rebasedTo }) => rebasedTo === eventId)
    if (next) formers.push(next)
  }
  return formers
}

async function rebase(desk: DecidingDesk, entry: EventEntry): Promise<boolean> {
  const { journal, reference } = desk
  const event = findKnownEvent(await journal.eventOf(entry))
  const staff = event && reference.findStaff(event.staffId)
  if (!event || !staff) return false
  const before = formersOf(journal.index, entry).map(({ eventId }) => eventId as EventId)
  const context = findDecisionContext(desk, {
    commandId: event.commandId,
    staff: { id: staff.id, role: staff.role },
    again: { at: event.at, rebasedFrom: event.id, ...(before.length > 0 ? { rebasedBefore: before } : {}) },
  })
  if (!context) return false
  const history = await journal.history(event.dossierId)
  const dossier = foldDossier(history.filter(({ id }) => isBefore(journal.index, id, entry)))
  const decision = decide(dossier, commandOf(event), context)
  if (!decision.ok) return false
  const own = chainEvent(journal.index.chain, decision.value)
  await journal.append([{ own: [own], rebased: [{ from: event.id, to: decision.value.id }] }])
  return true
}
