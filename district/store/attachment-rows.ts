import type { Instant } from '../../shared/core/time.ts'
import type { StoredAttachment } from '../attachments/attachment-store.ts'
import type { Desk } from './desks.ts'
import type { Queryable } from './pool.ts'

/** Notes that a scan is held: for counts and for the list in a backup. The file itself is the truth. */
export async function noteAttachment(
  store: Queryable,
  desk: Desk,
  sha256: string,
  { bytes, mediaType }: StoredAttachment,
  at: Instant,
): Promise<void> {
  await store.query(
    `insert into attachment (unit_id, sha256, bytes, media_type, desk_id, received_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [desk.unitId, sha256, bytes, mediaType, desk.deskId, at],
  )
}
