import type { Verdict } from '../../shared/wire/exchange.ts'
import type { EventEntries, EventEntry } from './event-entry.ts'
import { type EventTable, entriesOf } from './event-table.ts'

const lastAcceptedKept = 8

/** What a snapshot says of it, by rows of the event table. */
export interface StandingState {
  readonly unsent: readonly number[]
  readonly refused: readonly number[]
  readonly lastAccepted: readonly AcceptedRow[]
  readonly replacedLater: readonly (readonly [from: string, Replacement])[]
}

/** What an own event became, in the dossier it is of. */
export interface Replacement {
  readonly to: string
  readonly dossierId: string
}

interface AcceptedRow {
  readonly row: number
  readonly acceptedAt: string
}

/**
 * How far events have come with the district:
 * ```
 * own event ─► unsent ─┬─► accepted ◄── others' events
 *                      └─► refused ─► replaced by a later event
 * ```
 * 1. Accepted wins: an acceptance ends a refusal, and a refusal of what is accepted changes nothing.
 * 2. A parked event stays unsent.
 * 3. When the district's stream is numbered anew, nothing counts as accepted, and own events are unsent again.
 */
export class EventStanding {
  /** Own events without a final verdict, in chain order. */
  readonly unsent: EventEntries
  /** Events refused and not replaced: those an officer, or a second decision, has to look at. */
  readonly refused: EventEntries
  private readonly unsentRows: Set<number>
  private readonly refusedRows: Set<number>
  /** What own events that are not here became. */
  private readonly replacedLater: Map<string, Replacement>
  /** Newest first. */
  private accepted: readonly AcceptedRow[]

  /** `touch` hears of each event whose standing changes. */
  constructor(
    private readonly events: EventTable,
    private readonly touch: (row: number) => void,
    stored?: StandingState,
  ) {
    this.unsentRows = new Set(stored?.unsent)
    this.refusedRows = new Set(stored?.refused)
    this.accepted = stored?.lastAccepted ?? []
    this.replacedLater = new Map(stored?.replacedLater)
    this.unsent = entriesOf(events, this.unsentRows)
    this.refused = entriesOf(events, this.refusedRows)
  }

  stored(): StandingState {
    const [unsent, refused, replacedLater] = [[...this.unsentRows], [...this.refusedRows], [...this.replacedLater]]
    return { unsent, refused, lastAccepted: this.accepted, replacedLater }
  }

  /** The own events the district took last, newest first. */
  lastAccepted(): readonly { readonly entry: EventEntry; readonly acceptedAt: string }[] {
    return this.accepted.map(({ row, acceptedAt }) => ({ entry: this.events.entryOf(row), acceptedAt }))
  }

  /** A new own event, to be sent. */
  addUnsent(row: number): void {
    this.unsentRows.add(row)
  }

  judge(verdict: Verdict): void {
    const row = this.events.findRow(verdict.eventId)
    if (row === undefined) return
    if (verdict.verdict === 'accepted') {
      const codes = verdict.findings.map((finding) => finding.code)
      this.accept(row, verdict.seq, codes)
    }
    if (verdict.verdict === 'refused' && !this.events.isAccepted(row)) {
      this.events.refusedCodes.set(row, verdict.code)
      this.unsentRows.delete(row)
      if (!this.events.rebasedTo.has(row)) this.refusedRows.add(row)
      this.touch(row)
    }
  }

  accept(row: number, seq: number, findings: readonly string[]): void {
    if (this.events.isAccepted(row)) return
    this.events.accept(row, seq, findings)
    this.events.refusedCodes.delete(row)
    this.refusedRows.delete(row)
    this.unsentRows.delete(row)
    this.touch(row)
  }

  /** The district told when it took an own event. */
  rememberAccepted(row: number, acceptedAt: string): void {
    const others = this.accepted.filter((one) => one.row !== row)
    const at = others.findIndex((one) => one.acceptedAt <= acceptedAt)
    this.accepted = others.toSpliced(at < 0 ? others.length : at, 0, { row, acceptedAt }).slice(0, lastAcceptedKept)
  }

  replace(from: string, to: string): void {
    const row = this.events.findRow(from)
    if (row === undefined) return
    this.events.rebasedTo.set(row, to)
    this.refusedRows.delete(row)
    this.touch(row)
  }

  /** Its frame is damaged: put back from the mirror it comes behind what it became, and must not be decided again once more. */
  replaceLater(from: string, replacement: Replacement): void {
    this.replacedLater.set(from, replacement)
  }

  /** An own event that came. */
  replaceIfLate({ id, dossierId }: { readonly id: string; readonly dossierId: string }): void {
    const replacement = this.replacedLater.get(id)
    if (replacement?.dossierId !== dossierId) return
    this.replacedLater.delete(id)
    this.replace(id, replacement.to)
  }

  forgetPlaces(): void {
    for (let row = 0; row < this.events.count; row += 1) {
      if (!this.events.isAccepted(row)) continue
      this.events.forgetPlace(row)
      if (this.events.chainNOf(row) !== 0) this.unsentRows.add(row)
      this.touch(row)
    }
  }
}
