import type { EventId } from '../../shared/core/ids.ts'
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
import { maxEventText, sizeOf } from '../../shared/wire/event-text.ts'
import { type DecidingDesk, findDecisionContext } from '../commands/decision-context.ts'
import { chainEvent } from '../journal/chain.ts'
import type { Journal } from '../journal/journal.ts'
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
  // What came of a lost race may be among what is missing here.
  if (!desk.journal.isWhole()) return 0
  let rebased = 0
  for (const lost of await lostRaces(desk)) {
    if (await rebase(desk, lost)) rebased += 1
  }
  return rebased
}

interface LostRace {
  readonly event: DossierEvent
  readonly formers: readonly EventId[]
  readonly firstPlace: number
}

async function lostRaces({ journal }: DecidingDesk): Promise<readonly LostRace[]> {
  const entries = [...journal.index.refused.values()]
    .filter((entry) => entry.chainN !== undefined && rebasedCodes.has(entry.refusedCode ?? ''))
    .filter((entry) => !isWitnessed(entry.type))
  const lost: LostRace[] = []
  for (const entry of entries) {
    const event = findKnownEvent(await journal.eventOf(entry))
    if (!event) continue
    const formers = await allFormers(journal, event)
    if (formers.length + 1 >= mostRebased) continue
    lost.push({ event, formers, firstPlace: firstPlace(journal.index, event, formers) })
  }
  return lost.sort((a, b) => a.firstPlace - b.firstPlace)
}

/** The first one last. A text of an older version names the nearest alone, whose own text names the one before. */
async function allFormers(journal: Journal, event: StoredEvent): Promise<readonly EventId[]> {
  const formers = [...formersOf(event)]
  while (formers.length < mostRebased) {
    const last = journal.index.events.get(formers.at(-1) ?? '')
    const before = last ? formersOf(await journal.eventOf(last)).filter((id) => !formers.includes(id)) : []
    if (before.length === 0) break
    formers.push(...before)
  }
  return formers
}

/** Where in this desk's chain it was first done, however often it was decided again since. */
function firstPlace(index: JournalIndex, { id }: StoredEvent, formers: readonly EventId[]): number {
  const places = [id, ...formers].flatMap((each) => index.events.get(each)?.chainN ?? [])
  return places.length > 0 ? Math.min(...places) : 0
}

/** Accepted, or done here before: what the officer did afterwards must not stand in the way of what came first. */
async function historyBefore(
  journal: Journal,
  { event, firstPlace: place }: LostRace,
): Promise<readonly StoredEvent[]> {
  const before: StoredEvent[] = []
  for (const other of await journal.history(event.dossierId)) {
    const isAccepted = journal.index.events.get(other.id)?.streamSeq !== undefined
    if (isAccepted || firstPlace(journal.index, other, await allFormers(journal, other)) < place) before.push(other)
  }
  return before
}

async function rebase(desk: DecidingDesk, lost: LostRace): Promise<boolean> {
  const { journal, reference } = desk
  const { event, formers } = lost
  const staff = reference.findStaff(event.staffId)
  if (!staff) return false
  const context = findDecisionContext(desk, {
    commandId: event.commandId,
    staff: { id: staff.id, role: staff.role },
    again: { at: event.at, rebasedFrom: event.id, ...(formers.length > 0 ? { rebasedBefore: formers } : {}) },
  })
  if (!context) return false
  const dossier = foldDossier(await historyBefore(journal, lost))
  const decision = decide(dossier, commandOf(event), context)
  if (!decision.ok) return false
  const own = chainEvent(journal.index.chain, decision.value)
  // Longer than any district takes, it would hold up all that is sent with it.
  if (sizeOf(own.text) > maxEventText) return false
  await journal.append([{ own: [own], rebased: [{ from: event.id, to: decision.value.id }] }])
  return true
}
