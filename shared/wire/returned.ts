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
 * 2. A window of the items brings its texts, the others only the hashes the links need. Each request begins at M and passes
 *    what was brought before it, which must be here: where new work came first, nothing stands at its old place.
 * 3. What is proved is taken without being judged again, in the old order; at its old place where that is free.
 * 4. Taking is idempotent by event id: two desks may bring the same.
 * 5. More places than a request may name come in stretches, each up to a link the district had signed on the way.
 */
export const returnedPath = '/v1/returned'

const placeSchema = z.object({ eventId: eventIdSchema, receivedAt: instantSchema, findings: z.array(findingSchema) })

const hashedSchema = placeSchema.extend({ textHash: sha256Schema })

export const maxReturnedPlaces = 50_000

export const returnedRequestSchema = z.object({
  protocol: z.int().min(1),
  proof: streamProofSchema,
  /** M: the last place that desk and district have in common. */
  after: z.int().min(0),
  passed: z.array(hashedSchema).max(maxReturnedPlaces).optional(),
  brought: z
    .array(placeSchema.extend({ text: z.string().max(maxEventText) }))
    .min(1)
    .max(2000),
  rest: z.array(hashedSchema).max(maxReturnedPlaces),
})
export type ReturnedRequest = z.infer<typeof returnedRequestSchema>

/** How many of the brought ones the district lacked. */
export const returnedReplySchema = z.object({ taken: z.int().min(0) })
export type ReturnedReply = z.infer<typeof returnedReplySchema>
