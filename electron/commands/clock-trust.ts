import path from 'node:path'
import { z } from 'zod'
import { type Instant, instantOf, unixMsOf } from '../../shared/core/time.ts'
import type { Clock } from '../clock.ts'
import { readSealedJson, writeSealedJson } from '../vault/sealed-file.ts'

/** How far the clock may stand before the last entry without a word: clocks are corrected by seconds all the time. */
const behindToleranceMs = 120_000
/** From here on the officer is told that the district's clock says something else. */
const differsMs = 5 * 60_000
/** A number carries its day: further off, it would take another day's place. */
const numbersStopMs = 12 * 3_600_000
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
 * clock < last entry ──────────► behind   ─┐
 * |clock − district| > 12 h ───► differs  ─┴─► no number ─► "Giờ này đúng" (sealed) ─► numbers again
 * ```
 * 1. The clock is compared with the last entry, not the furthest: a jump of ten years is confirmed once, not for ten years.
 * 2. Until something is entered the confirmation itself is the last entry; another jump is seen again.
 * 3. The difference is known after contact with the district in this run; before, it says nothing.
 */
export interface ClockTrust {
  /** The entry the clock reads earlier than. */
  readonly findBehind: () => Instant | undefined
  /** The district's moment, when the two clocks are minutes apart; `stops` when no number may be given. */
  readonly findDifference: () => { readonly districtNow: Instant; readonly stops: boolean } | undefined
  readonly confirm: () => Promise<void>
}

const place = 'settings/clock-trust'

export async function openClockTrust(
  folder: string,
  key: Uint8Array,
  clock: Clock,
  lastOwnAt: () => Instant,
): Promise<ClockTrust> {
  const file = path.join(folder, 'clock-trust.sealed')
  const read = await readSealedJson(file, key, place)
  // Damaged, it only means that the officer is asked once more.
  let confirmed: Confirmation | undefined = confirmationSchema.safeParse(
    read.state === 'read' ? read.value : undefined,
  ).data

  function findBehind(): Instant | undefined {
    const entered = lastOwnAt()
    const last = confirmed?.lastEntryAt === entered ? confirmed.at : entered
    return last !== '' && clock.now() < unixMsOf(last) - behindToleranceMs ? last : undefined
  }

  return {
    findBehind,
    findDifference() {
      const offset = clock.offsetMs()
      if (Math.abs(offset) <= differsMs) return undefined
      const isConfirmed = confirmed !== undefined && Math.abs(offset - confirmed.offsetMs) <= driftMs
      const stops = Math.abs(offset) > numbersStopMs && !isConfirmed
      return { districtNow: instantOf(clock.now() + offset), stops }
    },
    async confirm() {
      // Without contact in this run nothing was said about the difference: what was confirmed before still holds.
      const offsetMs = clock.offsetMs() || (confirmed?.offsetMs ?? 0)
      const next = { lastEntryAt: lastOwnAt(), at: clock.instant(), offsetMs }
      await writeSealedJson(file, key, place, next)
      confirmed = next
    },
  }
}
