import type { FileHandle } from 'node:fs/promises'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { readCourierEntries } from '../../shared/node/courier-file.ts'
import type { CourierHead } from '../../shared/wire/courier.ts'
import { type Cursor, type ExchangeReply, exchangeReplySchema } from '../../shared/wire/exchange.ts'
import type { DecidingDesk } from '../commands/decision-context.ts'
import { type Asked, applyReply, isSignedByDistrict } from '../exchange/apply-reply.ts'
import { rebaseLostRaces } from '../exchange/rebase.ts'
import type { JournalIndex } from '../journal/journal-index.ts'

/** What a receipt changed here. */
export interface AppliedReceipt {
  readonly accepted: number
  readonly returned: number
  /** Events of the unit that were not here before. */
  readonly received: number
  readonly scans: number
}

/**
 * Applies the replies of a receipt as if they came over the line, with what a line guarantees and a stick does not:
 * ```
 * desk's epoch      reply joins on (its start is behind the desk's cursor, its end is not)      → all of it
 *                   or does not                                                               → its verdicts
 * another epoch     asked from the desk's present epoch: the district was restored since        → all of it
 *                   or from one the desk has left: the receipt is old                          → nothing
 * ```
 * 1. The cursor only moves where it would have moved on the line: no gap, no step back.
 * 2. The reply's moment is not the present one: no clock is learned from it, and no older publication is taken.
 * 3. Only the answer to a file of this life of the journal says that the journal is whole again: an older answer does not
 *    know of numbers given since.
 * 4. The exchange rests meanwhile, so no reply of the line meets a cursor moved under it.
 */
export async function applyReceipt(
  desk: DecidingDesk,
  handle: FileHandle,
  head: CourierHead,
  provesWhole: boolean,
  turn: <T>(task: () => Promise<T>) => Promise<T>,
): Promise<Result<AppliedReceipt, 'courier/changed'>> {
  const fault = await findFaultInside(desk, handle, head)
  if (fault) return err(fault)
  const { journal, identity } = desk
  const before = countsOf(journal.index)
  let isAnswer = false
  for await (const entry of readCourierEntries(handle, head, identity.boxKey.privateKey)) {
    if (!entry.ok) throw new Error(`invariant: a checked receipt answers ${entry.error}`)
    const { record } = entry.value
    if (record.record === 'reply') {
      const { index } = journal
      const fitting = fittingPart(index, record.after, record.reply as ExchangeReply, provesWhole)
      isAnswer ||= fitting !== undefined
      if (fitting) await take(desk, turn, fitting, { index, cursor: record.after })
    }
    if (record.record === 'held' && isAnswer) {
      const scansSent = record.scans.filter((sha256) => journal.index.unsentScans.has(sha256))
      if (scansSent.length > 0) await turn(() => journal.append([{ scansSent }]))
    }
  }
  const after = countsOf(journal.index)
  await turn(() => rebaseLostRaces(desk))
  return ok({
    // A restored district has forgotten what it took: then more is unsent than before.
    accepted: Math.max(0, before.unsent - after.unsent - (after.refused - before.refused)),
    returned: Math.max(0, journal.index.refused.size - before.refused),
    received: after.events - before.events,
    scans: Math.max(0, before.scans - after.scans),
  })
}

/** The part of a reply that holds here; undefined when none does. */
function fittingPart(
  index: JournalIndex,
  after: Cursor,
  reply: ExchangeReply,
  provesWhole: boolean,
): ExchangeReply | undefined {
  const { cursor } = index
  const more = reply.more || !provesWhole
  if (reply.cursor.epoch !== cursor.epoch) return after.epoch === cursor.epoch ? { ...reply, more } : undefined
  // Asked from another epoch, the district answered from the beginning.
  const start = after.epoch === reply.cursor.epoch ? after.seq : 0
  if (start <= cursor.seq && reply.cursor.seq >= cursor.seq) return { ...reply, more }
  return { ...reply, events: [], cursor, more: true }
}

async function take(
  desk: DecidingDesk,
  turn: <T>(task: () => Promise<T>) => Promise<T>,
  reply: ExchangeReply,
  asked: Asked,
): Promise<void> {
  const held: Readonly<Record<string, number | undefined>> = desk.reference.versions()
  const newer = Object.entries(reply.publications).filter(([kind, one]) => (one?.version ?? 0) > (held[kind] ?? 0))
  if (newer.length > 0) await desk.reference.save(Object.fromEntries(newer))
  await applyReply(desk.journal, reply, turn, asked)
}

/** Reads everything once and uses nothing: are these replies, whole, of our district and to this desk? */
async function findFaultInside(
  { identity }: DecidingDesk,
  handle: FileHandle,
  head: CourierHead,
): Promise<'courier/changed' | undefined> {
  let last = ''
  for await (const entry of readCourierEntries(handle, head, identity.boxKey.privateKey)) {
    if (!entry.ok) return entry.error
    const { record } = entry.value
    if (record.record === 'opening' || record.record === 'events' || record.record === 'scan') return 'courier/changed'
    if (record.record === 'reply') {
      const reply = exchangeReplySchema.safeParse(record.reply)
      if (!reply.success || reply.data.deskId !== identity.deskId) return 'courier/changed'
      if (!isSignedByDistrict(record.reply as ExchangeReply, identity.districtPublicKey, head.fileId))
        return 'courier/changed'
    }
    last = record.record
  }
  return last === 'end' ? undefined : 'courier/changed'
}

function countsOf({ unsent, refused, events, unsentScans }: JournalIndex) {
  return { unsent: unsent.size, refused: refused.size, events: events.size, scans: unsentScans.size }
}
