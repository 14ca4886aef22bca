import path from 'node:path'
import { z } from 'zod'
import { type Instant, instantOf, unixMsOf } from '../../shared/core/time.ts'
import type { ClockDifference } from '../../shared/ipc/view.ts'
import type { Clock } from '../clock.ts'
import { readSealedJson, writeSealedJson } from '../vault/sealed-file.ts'

/** How far the clock may stand before the last entry without a word: clocks are corrected by seconds all the time. */
const behindToleranceMs = 120_000
/** From here on the officer is told that the district's clock says something else. */
const differsMs = 5 * 60_000
/** A number carries its day: further off, it would take another day's place. */
const numbersStopMs = 12 * 3_600_000
/** The offices close for nine days at Tết; a clock that is further from the last sign of life may be anywhere. */
const longestSilenceMs = 14 * 86_400_000
/** A confirmed difference that moved by more than this is another one. */
const driftMs = 3_600_000

/** What an officer said about the clock; kept sealed, so that a restart does not ask again. */
const confirmationSchema = z.object({
  /** The entry whose moment was found to be wrong. */
  lastEntryAt: z.string(),
  /** What the clock read when it was said to be right: from now on the measure until something is entered. */
  at: z.string(),
  /** The difference to the district's clock that was confirmed. */
  offsetMs: z.number(),
})
type Confirmation = z.infer<typeof confirmationSchema>

/**
 * Whether the PC's clock may be believed. `at` of an event is never altered; numbers wait until the officer has spoken.
 * ```
 * clock < last entry ────────────────────────► behind   ─┐
 * |clock − right time| > 12 h ───────────────► differs  ─┼─► no number ─► "Giờ này đúng" (sealed) ─► numbers again
 * clock > last sign of life + 14 days ───────► ahead    ─┘
 * ```
 * 1. The clock is compared with the last entry, not the furthest: a jump of ten years is confirmed once, not for ten years.
 * 2. Until something is entered the confirmation itself is the last entry; another jump is seen again.
 * 3. The right time is the district's since contact in this run, and before it the one the run began with (`../clock.ts`): a clock
 *    that is set while the app runs is noticed without a line.
 * 4. Before contact nobody knows what happened between two runs: only a silence longer than any holidays is asked about.
 */
export interface ClockTrust {
  /** The entry the clock reads earlier than. */
  readonly findBehind: () => Instant | undefined
  /** The right moment, when the clock is minutes off; `stops` when no number may be given. */
  readonly findDifference: () => ClockDifference | undefined
  /** The last sign of life of this desk, when the clock is more than two weeks past it. */
  readonly findAhead: () => Instant | undefined
  readonly confirm: () => Promise<void>
}

/** Both are empty before the first. */
export interface SignsOfLife {
  readonly lastOwnAt: () => Instant
  /** By the right time. */
  readonly lastContactAt: () => Instant
}

const place = 'settings/clock-trust'

export async function openClockTrust(
  folder: string,
  key: Uint8Array,
  clock: Clock,
  { lastOwnAt, lastContactAt }: SignsOfLife,
): Promise<ClockTrust> {
  const file = path.join(folder, 'clock-trust.sealed')
  const read = await readSealedJson(file, key, place)
  // Damaged, it only means that the officer is asked once more.
  let confirmed: Confirmation | undefined = confirmationSchema.safeParse(
    read.state === 'read' ? read.value : undefined,
  ).data

  function lastEntry(): Instant {
    const entered = lastOwnAt()
    return confirmed?.lastEntryAt === entered ? confirmed.at : entered
  }

  function findBehind(): Instant | undefined {
    const last = lastEntry()
    return last !== '' && clock.now() < unixMsOf(last) - behindToleranceMs ? last : undefined
  }

  return {
    findBehind,
    findAhead() {
      if (clock.isTold()) return undefined
      const [entry, contact] = [lastEntry(), lastContactAt()]
      const last = entry > contact ? entry : contact
      return last !== '' && clock.now() > unixMsOf(last) + longestSilenceMs ? last : undefined
    },
    findDifference() {
      const offset = clock.offsetMs()
      if (Math.abs(offset) <= differsMs) return undefined
      const isConfirmed = confirmed !== undefined && Math.abs(offset - confirmed.offsetMs) <= driftMs
      const stops = Math.abs(offset) > numbersStopMs && !isConfirmed
      return { rightNow: instantOf(clock.now() + offset), toldByDistrict: clock.isTold(), stops }
    },
    async confirm() {
      // Where nothing speaks against the clock in this run, what was confirmed before still holds.
      const offsetMs = clock.offsetMs() || (confirmed?.offsetMs ?? 0)
      const next = { lastEntryAt: lastOwnAt(), at: clock.instant(), offsetMs }
      await writeSealedJson(file, key, place, next)
      confirmed = next
    },
  }
}
