import pg from 'pg'
import type { DeskId, DossierId, EventId } from '../../shared/core/ids.ts'
import { Utf8Text } from '../../shared/node/utf8-text.ts'
import { maxEventsPerReply, maxPageBytes, type StreamEvent } from '../../shared/wire/exchange.ts'
import type { CopiedRow } from './copy-out.ts'
import { findingsOf } from './events.ts'
import type { Scoped } from './pool.ts'

export interface PageWish {
  readonly after: number
  /** Bytes of text in it, at most. */
  readonly room: number
  /** Of this desk's events the texts stay out. */
  readonly holder: string | undefined
}

export interface Page {
  readonly events: readonly StreamEvent[]
  /** Of its last place. */
  readonly link: string | undefined
}

/** One page of a unit's stream: bounded in events and in bytes, never empty when something is there. */
export async function readPage(store: Pick<Scoped, 'copyOut'>, unitId: string, wish: PageWish): Promise<Page> {
  const unit = pg.escapeLiteral(unitId)
  const isHeld = `desk_id = ${pg.escapeLiteral(wish.holder ?? '')}`
  const after = Math.floor(wish.after)
  const room = Math.floor(Math.min(wish.room, maxPageBytes))
  // Where the page ends is reckoned from the lengths, so that no text is carried through that is not given.
  const rows = await store.copyOut(
    `select seq::text, event_id, case when ${isHeld} then null else text end, dossier_id, desk_id, type, replaces,
       findings, to_char(received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), link
     from event
     where unit_id = ${unit} and seq > ${after} and seq <= (
       select max(seq) from (
         select seq, row_number() over (order by seq) as place,
           sum(case when ${isHeld} then 0 else bytes end) over (order by seq) as upto
         from (select seq, desk_id, bytes from event where unit_id = ${unit} and seq > ${after}
           order by seq limit ${maxEventsPerReply}) next
       ) page where upto <= ${room} or place = 1
     ) order by event.seq`,
  )
  return { events: rows.map(streamEventOf), link: rows.at(-1)?.[linkField]?.toString() }
}

const textField = 2
const linkField = 9

function streamEventOf(row: CopiedRow): StreamEvent {
  const [seq, eventId, , dossierId, deskId, type, replaces, findings, receivedAt] = row.map((field, at) =>
    at === textField ? '' : String(field ?? ''),
  ) as [string, EventId, string, DossierId, DeskId, string, string, string, string]
  const text = row[textField]
  const about = aboutOf({ dossierId, deskId, type }, replaces)
  return {
    seq: Number(seq),
    eventId,
    ...(text ? { text: new Utf8Text(text), ...about } : {}),
    receivedAt,
    findings: findingsOf({ findings }),
  }
}

function aboutOf(about: NonNullable<StreamEvent['about']>, replaces: string): Pick<StreamEvent, 'about'> {
  if (about.type === '') return {}
  return { about: replaces === '' ? about : { ...about, replaces: replaces.split(' ') as EventId[] } }
}
