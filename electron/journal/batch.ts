import { z } from 'zod'
import { invariant } from '../../shared/core/assert.ts'
import { sha256Schema } from '../../shared/core/schemas.ts'
import { packBeside, readBeside } from '../../shared/node/beside-bytes.ts'
import { eventTextSchema } from '../../shared/wire/event-text.ts'
import { aboutSchema, cursorSchema, findingSchema, verdictSchema } from '../../shared/wire/exchange.ts'
import { ownEventSchema } from '../../shared/wire/own-event.ts'
import { streamProofSchema } from '../../shared/wire/stream-proof.ts'

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
        text: eventTextSchema.optional(),
        about: aboutSchema.optional(),
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
  /** So many frames of own events are gone; the numbers they gave until that day may be in citizens' hands. */
  rolledBack: z.object({ frames: z.int().min(1), until: z.string() }).optional(),
  /** First frame of a segment: how many frames the one before it had, so that a shortened one is seen. */
  follows: z.int().optional(),
  /** This start found damage; what the page derived before it may be ahead of the journal. */
  healed: z.boolean().optional(),
})
export type Batch = z.infer<typeof batchSchema>

const textLists = ['own', 'stream'] as const

/** With the texts of its events beside it (`shared/wire/beside.ts`); a batch without texts is its JSON alone. */
export function encodeBatch(batch: Batch): Buffer {
  const hasTexts = textLists.some((list) => batch[list]?.some(({ text }) => text !== undefined))
  return hasTexts ? packBeside(batch, textLists) : Buffer.from(JSON.stringify(batch))
}

/** Written by this program and proved by its seal, so it is not checked field by field again. */
export function decodeBatch(plain: Buffer): Batch {
  if (!plain.includes('\n')) return JSON.parse(plain.toString('utf8')) as Batch
  const batch = readBeside(plain, textLists)
  invariant(batch, 'a frame says how long its texts are')
  return batch as Batch
}
