import { z } from 'zod'
import { eventIdSchema, instantSchema, sha256Schema } from '../core/schemas.ts'
import { maxEventText } from './event-text.ts'
import { findingSchema } from './exchange.ts'
import { streamProofSchema } from './stream-proof.ts'

/**
 * `POST /v1/returned`: a district that came back from an older backup is given what it had accepted since, by any desk
 * of the unit that holds it:
 * ```
 * before the loss   1 … M │ M+1 … N     with each reply the district signed the link it ended at
 * after the restore 1 … M │             link(M) is still known (`stream-proof.ts`)
 * ```
 * 1. The items are the places M+1 … N without a gap. They lead from the link the district holds at M to the link it signed
 *    at N, or none of them is taken: nobody can slip an event in, leave one out or change a finding.
 * 2. The first items bring their texts, the rest only the hashes the links need. The next request begins behind them.
 * 3. What is proved is taken without being judged again, in the old order; at its old place where that is free.
 * 4. Taking is idempotent by event id: two desks may bring the same.
 */
export const returnedPath = '/v1/returned'

const placeSchema = z.object({ eventId: eventIdSchema, receivedAt: instantSchema, findings: z.array(findingSchema) })

export const maxReturnedPlaces = 50_000

export const returnedRequestSchema = z.object({
  protocol: z.int().min(1),
  proof: streamProofSchema,
  /** M: the last place that desk and district have in common. */
  after: z.int().min(0),
  brought: z
    .array(placeSchema.extend({ text: z.string().max(maxEventText) }))
    .min(1)
    .max(2000),
  rest: z.array(placeSchema.extend({ textHash: sha256Schema })).max(maxReturnedPlaces),
})
export type ReturnedRequest = z.infer<typeof returnedRequestSchema>

/** How many of the brought ones the district lacked. */
export const returnedReplySchema = z.object({ taken: z.int().min(0) })
export type ReturnedReply = z.infer<typeof returnedReplySchema>
