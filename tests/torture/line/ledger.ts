import { isDeepStrictEqual } from 'node:util'
import type { Desk } from '../../../electron/desk.ts'
import type { DossierId } from '../../../shared/core/ids.ts'
import type { StoredEvent } from '../../../shared/domain/event.ts'
import { foldDossier } from '../../../shared/domain/fold.ts'
import type { TestDistrict } from '../../harness/test-district.ts'
import { type Admitted, compareCopy } from './copy.ts'
import { tellWaiting } from './waiting.ts'

/** What was acknowledged, and how far the district's stream has been compared with it. */
export interface Ledger {
  /** Event id to the desk that made it. */
  readonly acknowledged: Map<string, number>
  /** The stream from its beginning. */
  readonly stream: Admitted[]
  readonly admitted: Set<string>
  readonly commands: Set<string>
  readonly numbers: Set<string>
  readonly lost: Set<string>
  /** Desk's name to how much of the stream its texts were compared with. */
  readonly compared: Map<string, number>
  seq: number
  duplicated: number
}

export function newLedger(): Ledger {
  return {
    acknowledged: new Map(),
    stream: [],
    admitted: new Set(),
    commands: new Set(),
    numbers: new Set(),
    lost: new Set(),
    compared: new Map(),
    seq: 0,
    duplicated: 0,
  }
}

/**
 * 1. The stream grows without gaps, no event, command or number stands in it twice.
 * 2. Of every desk here: nothing waits any more, and each own event is in the stream, or refused and either decided again
 *    or kept for the officer.
 * 3. Every desk here holds the whole stream, each place once and each text exactly (`copy.ts`).
 */
export async function compareWithStream(
  ledger: Ledger,
  district: TestDistrict,
  desks: readonly Desk[],
): Promise<readonly string[]> {
  const broken: string[] = []
  const from = ledger.seq
  for (const { seq, text } of await streamAfter(district, from)) {
    const event = JSON.parse(text) as StoredEvent & { body: { number?: { text: string } } }
    if (seq !== ledger.seq + 1) broken.push(`the stream jumps from ${ledger.seq} to ${seq}`)
    ledger.seq = seq
    const number = event.body.number?.text
    if (ledger.admitted.has(event.id) || ledger.commands.has(event.commandId)) {
      ledger.duplicated += 1
      broken.push(`event ${event.id} or its command stands in the stream twice`)
    }
    if (number !== undefined && ledger.numbers.has(number)) broken.push(`number ${number} was given twice`)
    ledger.admitted.add(event.id)
    ledger.stream.push({ id: event.id, text })
    ledger.commands.add(event.commandId)
    if (number !== undefined) ledger.numbers.add(number)
  }
  for (const desk of desks) {
    const { index } = desk.journal
    if (index.unsent.size > 0)
      broken.push(`${index.unsent.size} events still wait at ${nameOf(desk)}: ${tellWaiting(desk)}`)
    if (index.cursor.seq !== ledger.seq) broken.push(`${nameOf(desk)} stands at ${index.cursor.seq} of ${ledger.seq}`)
    const faults = await compareCopy(desk, ledger.stream, ledger.compared.get(nameOf(desk)) ?? 0)
    broken.push(...faults.map((fault) => `${nameOf(desk)} ${fault}`))
    ledger.compared.set(nameOf(desk), ledger.stream.length)
  }
  for (const [eventId, at] of ledger.acknowledged) {
    if (ledger.admitted.has(eventId)) continue
    const desk = desks.find((one) => one.identity.current()?.deskName === `Quầy ${at + 1}`)
    if (!desk || desk.journal.index.events.get(eventId)?.refusedCode !== undefined) continue
    ledger.lost.add(eventId)
    broken.push(`acknowledged event ${eventId} of ${nameOf(desk)} is neither admitted nor returned`)
  }
  return broken
}

async function streamAfter(district: TestDistrict, seq: number) {
  const { rows } = await district.district.store.allUnits.query<{ seq: number; text: string }>(
    `select seq, text from event where unit_id = 'goi' and seq > $1 order by seq`,
    [seq],
  )
  return rows
}

/** Two desks tell the same story of the same dossier. */
export async function compareDossiers(
  desks: readonly Desk[],
  dossiers: readonly DossierId[],
): Promise<readonly string[]> {
  const broken: string[] = []
  const [one, ...others] = desks
  for (const dossierId of dossiers) {
    const told = one && foldDossier(await one.journal.history(dossierId))
    for (const other of others) {
      if (!isDeepStrictEqual(foldDossier(await other.journal.history(dossierId)), told)) {
        broken.push(`dossier ${dossierId} differs between two desks`)
      }
    }
  }
  return broken
}

export function nameOf(desk: Desk): string {
  return desk.identity.current()?.deskName ?? 'a desk'
}
