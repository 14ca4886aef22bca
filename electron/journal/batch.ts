import { z } from 'zod'
import { sha256Schema } from '../../shared/core/schemas.ts'
import { cursorSchema, findingSchema, verdictSchema } from '../../shared/wire/exchange.ts'
import { ownEventSchema } from '../../shared/wire/own-event.ts'
import { streamProofSchema } from '../../shared/wire/stream-proof.ts'

const rolledBackSchema = z.object({ frames: z.int().min(1), until: z.string() })
export type RolledBack = z.infer<typeof rolledBackSchema>

/**
 * What one frame of the journal says. Everything in it happened together:
 * own events before they are shown as saved, or verdicts and others' events with the cursor that covers them.
 */
export const batchSchema = z.object({
  own: z.array(ownEventSchema).optional(),
  /** Events of the unit's stream. Own ones that are already here come without text: only their place is news. */
  stream: z
    .array(
      z.object({
        seq: z.int(),
        eventId: z.string(),
        text: z.string().optional(),
        receivedAt: z.string(),
        findings: z.array(findingSchema),
      }),
    )
    .optional(),
  verdicts: z.array(verdictSchema).optional(),
  cursor: cursorSchema.optional(),
  /** The district's signature over the stream up to the cursor: it proves to a restored district what it had accepted. */
  proof: streamProofSchema.optional(),
  /** Scans the district confirmed to hold. */
  scansSent: z.array(sha256Schema).optional(),
  /** The chain goes on from here: learned from the district after this desk lost its tail. */
  chainHead: z.object({ n: z.int(), link: sha256Schema }).optional(),
  /** Events replaced after a lost race: old event id to new. */
  rebased: z.array(z.object({ from: z.string(), to: z.string() })).optional(),
  /**
   * The district came back from a backup with another numbering of the stream: places learned before no longer hold,
   * and own events are offered again.
   */
  newEpoch: z.boolean().optional(),
  /** False: own events may be missing, so no number is issued. True: the district has given everything back. */
  whole: z.boolean().optional(),
  /** The journal went back in time by so many frames; what they gave until that day may be in citizens' hands. */
  rolledBack: rolledBackSchema.optional(),
  /** First frame of a segment: how many frames the one before it had, so that a shortened one is seen. */
  follows: z.int().optional(),
  /** This start found damage; what the page derived before it may be ahead of the journal. */
  healed: z.boolean().optional(),
})
export type Batch = z.infer<typeof batchSchema>

/**
 * ```
 * head: the batch as JSON, for each event text the number of its bytes ‖ newline ‖ text ‖ text ‖ … in UTF-8
 * ```
 * The texts are JSON themselves: as strings of a batch every quote of theirs would be escaped here and read again at each
 * reading. Without texts the head stands alone.
 */
export function encodeBatch(batch: Batch): Buffer {
  const { own, stream } = batch
  const texts: string[] = []
  const beside = <Item extends { readonly text?: string | undefined }>(item: Item): object => {
    if (item.text === undefined) return item
    texts.push(item.text)
    return { ...item, text: Buffer.byteLength(item.text) }
  }
  const head = JSON.stringify({
    ...batch,
    ...(own ? { own: own.map(beside) } : {}),
    ...(stream ? { stream: stream.map(beside) } : {}),
  })
  return Buffer.from(texts.length === 0 ? head : [`${head}\n`, ...texts].join(''))
}

interface Beside {
  readonly text?: number
}

/** Written by this program and proved by its seal, so it is not checked field by field again. */
export function decodeBatch(plain: Buffer): Batch {
  let at = plain.indexOf('\n') + 1
  if (at === 0) return JSON.parse(plain.toString('utf8')) as Batch
  const head = JSON.parse(plain.toString('utf8', 0, at)) as { readonly own?: Beside[]; readonly stream?: Beside[] }
  const whole = (item: Beside): object => {
    if (item.text === undefined) return item
    const from = at
    at += item.text
    return { ...item, text: plain.toString('utf8', from, at) }
  }
  const { own, stream } = head
  return {
    ...head,
    ...(own ? { own: own.map(whole) } : {}),
    ...(stream ? { stream: stream.map(whole) } : {}),
  } as Batch
}
