import { randomFillSync } from 'node:crypto'
import type { DeskId } from '../../../shared/core/ids.ts'
import type { StoredEvent } from '../../../shared/domain/event.ts'
import { sampleEvent, sampleId, sampleReception } from '../../harness/sample-events.ts'
import { seededRandom } from '../../harness/seeded-random.ts'

/** What the recorded desk writes, made again from the seed by whoever checks what is left of it. */
export function entryOf(seed: number, number: number, isLarge: boolean): StoredEvent {
  const random = seededRandom(seed * 7919 + number)
  const dossier = Math.ceil(number / 4)
  if (number % 4 === 1) return sampleReception(number, dossier, dossier)
  const length = Math.floor(random() * (isLarge ? 480_000 : 6_000))
  return sampleEvent(number, dossier, ((number - 1) % 4) + 1, 'note-added', { text: 'ghi chú '.repeat(length / 8) })
}

export function otherEntry(seed: number, seq: number): StoredEvent {
  const length = Math.floor(seededRandom(seed * 104_729 + seq)() * 4_000)
  const event = sampleEvent(500_000 + seq, 500_000 + seq, 1, 'note-added', { text: 'x'.repeat(length) })
  return { ...event, deskId: sampleId(77) as DeskId }
}

export function draftContent(step: number): Readonly<Record<string, unknown>> {
  return { step, typed: 'đang gõ '.repeat(step % 40) }
}

export function scanBytes(seed: number, step: number): Buffer {
  const bytes = Buffer.alloc(2_000 + ((seed + step * 977) % 30_000), `%PDF scan ${seed} ${step} `)
  return step % 2 === 0 ? bytes : randomFillSync(Buffer.from(bytes), 100)
}
