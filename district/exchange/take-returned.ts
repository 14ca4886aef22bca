import { err, ok, type Result } from '../../shared/core/result.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { textHashOf } from '../../shared/node/event-hashes.ts'
import type { ReturnedRequest } from '../../shared/wire/returned.ts'
import { type StreamPlace, streamProofInput } from '../../shared/wire/stream-proof.ts'
import type { District } from '../district.ts'
import type { Desk } from '../store/desks.ts'
import { addAccepted, dropRefusals, findHeld, findLink, holdStream, readHeadLink } from '../store/events.ts'
import { isSignedBy } from './district-key.ts'
import type { AcceptedEvent } from './judge-batch.ts'
import { linksOf } from './stream-links.ts'

/** Why nothing of it was taken. */
export type NotReturned = 'returned/unproved' | 'returned/unknown-start'

/**
 * Takes back what this district had accepted before its database was restored (`shared/wire/returned.ts`).
 * ```
 * own signature? ─► lock the unit's counter ─► link at the start ─► chain leads to the signed link? ─► what is passed is here?
 *                ─► append what is missing
 * ```
 */
export async function takeReturned(
  district: District,
  desk: Desk,
  request: ReturnedRequest,
): Promise<Result<{ readonly taken: number; readonly streamHead: number }, NotReturned>> {
  const { unitId } = desk
  const { proof, after, passed = [], brought, rest } = request
  if (!isSignedBy(district.key.publicKey, streamProofInput(unitId, proof), proof.signature)) {
    return err('returned/unproved')
  }
  const places: StreamPlace[] = [
    ...passed,
    ...brought.map(({ text, ...place }) => ({ ...place, textHash: textHashOf(text) })),
    ...rest,
  ].map((place, at) => ({ ...place, seq: after + 1 + at }))
  return district.serially(unitId, () =>
    district.store.ofUnit(unitId).transaction(async (session) => {
      const head = await holdStream(session, unitId)
      const start = after === 0 ? '' : await findLink(session, unitId, after)
      if (start === undefined) return err('returned/unknown-start')
      if (after + places.length !== proof.seq || linksOf(start, places).at(-1) !== proof.link) {
        return err('returned/unproved')
      }
      const held = await findHeld(
        session,
        unitId,
        [...passed, ...brought].map(({ eventId }) => eventId),
      )
      // Brought in their order, or an event could be left out after all.
      if (!passed.every(({ eventId }) => held.has(eventId))) return err('returned/unknown-start')
      const lost = brought.filter(({ eventId }) => !held.has(eventId))
      const accepted = lost.map(
        ({ eventId, text, receivedAt, findings }, at): AcceptedEvent => ({
          seq: head + 1 + at,
          eventId,
          text,
          receivedAt,
          findings,
          stored: JSON.parse(text) as StoredEvent,
        }),
      )
      await addAccepted(session, unitId, accepted, await readHeadLink(session, unitId))
      // A verdict given in between, without what came before, does not stand against an acceptance.
      await dropRefusals(
        session,
        unitId,
        accepted.map(({ eventId }) => eventId),
      )
      return ok({ taken: accepted.length, streamHead: head + accepted.length })
    }),
  )
}
