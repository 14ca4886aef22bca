import { z } from 'zod'
import { sha256Schema } from '../core/schemas.ts'

/**
 * The places of a unit's stream form a hash chain, and with each reply the district signs the link it ended at:
 * ```
 * link(n) = sha256( link(n-1) ‖ n ‖ eventId ‖ sha256(text) ‖ receivedAt ‖ findings )      link(0) = empty
 * ```
 */
export interface StreamPlace {
  readonly seq: number
  readonly eventId: string
  readonly textHash: string
  readonly receivedAt: string
  readonly findings: readonly unknown[]
}

/** The text whose SHA-256 is the link of a place; hashing itself belongs to the platforms. */
export function streamLinkInput(previous: string, place: StreamPlace): string {
  const { seq, eventId, textHash, receivedAt, findings } = place
  return [previous, seq, eventId, textHash, receivedAt, JSON.stringify(findings)].join('\n')
}

export function streamProofInput(unitId: string, { epoch, seq, link }: Omit<StreamProof, 'signature'>): string {
  return `mot-cua/stream\n${unitId}\n${epoch}\n${seq}\n${link}`
}

/** Where a unit's stream stood when the district answered, in its own signature. */
export const streamProofSchema = z.object({
  epoch: z.string().max(64),
  seq: z.int().min(1),
  link: sha256Schema,
  /** Ed25519 of the district over `streamProofInput`, base64. */
  signature: z.string().max(200),
})
export type StreamProof = z.infer<typeof streamProofSchema>
