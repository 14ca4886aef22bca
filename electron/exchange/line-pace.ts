import { maxEventsPerRequest } from '../../shared/wire/exchange.ts'
import type { Packing } from '../../shared/wire/packing.ts'

/** Bytes of event text in a message: a broken line loses one of them. */
const largestPage = 1024 * 1024
/** On a quick line, which carries it in a second: the database is asked, and the disk waited for, a third as often. */
const largestQuickPage = 3 * 1024 * 1024
const smallestPage = 16 * 1024
/** Tells the pace, and is packed tightly in no time: it fits a small window (`packing.ts`). */
const tellingPage = 48 * 1024
/** A page is what the line carries in this time. */
const pageMs = 10_000
/** Of a line that nobody has measured, per millisecond: the first page may take as long as on a bad one. */
const unknownPace = 48
/** Text per millisecond from which on packing tightly, and packing with care, is no longer worth the time. */
const usualPace = 300
const quickPace = 3_000
/** A line inside a building, of more than 100 Mbit/s: packing would cost both computers more than it saves. */
const roomyPace = 15_000
/** Below this a round is mostly waiting and says nothing about the line. */
const tellingBytes = 32 * 1024
const usualLeastTimeoutMs = 30_000
const patience = 4

/**
 * What the line carried lately, and what may be asked of it because of that.
 * ```
 * round: bytes of text both ways, time ─► pace ─► size of the next page, how tightly to pack it, when to give up on it
 * ```
 * 1. A round that ran out of time makes pages a quarter; they grow again twice a round.
 * 2. Giving up follows the pace: a slow line is not a broken one.
 * 3. A line that proved too narrow for unpacked pages gets none again: packed ones would make it look wide each time.
 * 4. A proxy that takes no large message halves the number of events; one event always goes.
 */
export interface LinePace {
  /** Where much waits and nobody has measured the line, a small page tells how to send the rest. */
  readonly pageBytes: (muchWaits?: boolean) => number
  readonly maxEvents: () => number
  readonly isQuick: () => boolean
  readonly packing: () => Packing
  /** How long a round with this many bytes of text, both ways together, may take. */
  readonly timeoutMs: (bytes: number) => number
  readonly noteRound: (bytes: number, ms: number) => void
  /** When the last round ended (`performance.now()`): one that left before it had the line to itself only from then on. */
  readonly endedAt: () => number
  readonly noteBroken: (ms: number) => void
  readonly noteTooLarge: (events: number) => void
}

/** No round is given up sooner than after `leastTimeoutMs`. */
export function linePace(leastTimeoutMs = usualLeastTimeoutMs): LinePace {
  let pace: number | undefined
  let page = largestPage
  let events = maxEventsPerRequest
  let isNarrow = false
  let endedAt = 0
  const isQuick = () => pace !== undefined && pace >= quickPace
  const within = (bytes: number) =>
    Math.round(Math.min(isQuick() ? largestQuickPage : largestPage, Math.max(smallestPage, bytes)))
  const packing = (): Packing => {
    if (pace === undefined || pace < usualPace) return 'tight'
    if (pace < quickPace) return 'usual'
    return pace < roomyPace || isNarrow ? 'quick' : 'none'
  }
  return {
    pageBytes: (muchWaits = false) => (muchWaits && pace === undefined ? Math.min(page, tellingPage) : page),
    maxEvents: () => events,
    isQuick,
    packing,
    timeoutMs: (bytes) => Math.round(leastTimeoutMs + (patience * bytes) / (pace ?? unknownPace)),
    endedAt: () => endedAt,
    noteRound(bytes, ms) {
      endedAt = performance.now()
      events = Math.min(maxEventsPerRequest, events * 2)
      if (bytes < tellingBytes) return
      const wasUnpacked = packing() === 'none'
      const measured = bytes / Math.max(1, ms)
      pace = pace === undefined ? measured : (pace + measured) / 2
      isNarrow = isNarrow || (wasUnpacked && pace < roomyPace)
      page = within(Math.min(page * 2, pace * pageMs))
    },
    noteBroken(ms) {
      if (ms < leastTimeoutMs) return
      page = within(page / 4)
      pace = Math.min(pace ?? unknownPace, page / leastTimeoutMs)
    },
    noteTooLarge(count) {
      events = Math.max(1, Math.floor(Math.min(events, count) / 2))
    },
  }
}
