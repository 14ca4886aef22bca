import type { Dossier } from '../../shared/domain/dossier.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { applyEvent } from '../../shared/domain/fold.ts'
import { maxEventsPerReply, maxPageBytes, type StreamEvent } from '../../shared/wire/exchange.ts'
import { type AcceptedEvent, findNumber, type Judged, type Known } from '../exchange/judge-batch.ts'
import type { RefusedPlace } from '../exchange/predecessors.ts'
import type { ReadEvent } from '../exchange/read-batch.ts'
import type { Desk } from './desks.ts'
import type { Queryable } from './pool.ts'

interface EventRow {
  event_id: string
  seq: number
  text: string
  findings: string
  received_at: Date
}

/** Locks the unit's counter until the transaction ends: whoever adds to a stream does so alone. */
export async function holdStream(session: Queryable, unitId: string): Promise<number> {
  const { rows } = await session.query<{ seq: number }>(
    `insert into stream as s (unit_id) values ($1) on conflict (unit_id) do update set seq = s.seq returning seq`,
    [unitId],
  )
  return rows[0]?.seq ?? 0
}

/** Everything the batch speaks about, in five questions whatever its size. */
export async function readKnown(
  session: Queryable,
  desk: Desk,
  batch: readonly ReadEvent[],
  seq: number,
): Promise<Known> {
  const { unitId, deskId } = desk
  const ids = batch.map(({ eventId }) => eventId)
  const accepted = await session.query<EventRow>(
    'select event_id, seq, text, findings, received_at from event where unit_id = $1 and event_id = any($2::text[])',
    [unitId, ids],
  )
  const refused = await session.query<{ event_id: string; code: string; text: string }>(
    'select event_id, code, text from refused_event where unit_id = $1 and desk_id = $2 and event_id = any($3::text[])',
    [unitId, deskId, ids],
  )
  const dossierIds = [...new Set(batch.map(({ dossierId }) => dossierId))]
  const places = await session.query<RefusedPlace>(
    `select event_id as "eventId", dossier_id as "dossierId", n from refused_event
     where unit_id = $1 and desk_id = $2 and dossier_id = any($3::text[]) and dossier_id <> ''`,
    [unitId, deskId, dossierIds],
  )
  const history = await session.query<{ text: string }>(
    'select text from event where unit_id = $1 and dossier_id = any($2::text[]) order by seq',
    [unitId, dossierIds],
  )
  const dossiers = new Map<string, Dossier>()
  const replaced = new Set<string>()
  for (const { text } of history.rows) {
    const event: StoredEvent = JSON.parse(text)
    const dossier = applyEvent(dossiers.get(event.dossierId), event)
    if (dossier) dossiers.set(event.dossierId, dossier)
    if (event.rebasedFrom) replaced.add(event.rebasedFrom)
  }
  const stored = batch.flatMap((read) => read.stored ?? [])
  const numbers = await session.query<{ number: string; event_id: string }>(
    'select number, event_id from dossier_number where unit_id = $1 and number = any($2::text[])',
    [unitId, stored.flatMap((event) => findNumber(event) ?? []).map(numberKey)],
  )
  return {
    seq,
    accepted: new Map(accepted.rows.map((row) => [row.event_id, streamEventOf(row)])),
    refused: new Map(refused.rows.map((row) => [row.event_id, row])),
    refusedPlaces: places.rows.filter(({ eventId }) => !replaced.has(eventId)),
    dossiers,
    numbers: new Map(numbers.rows.map((row) => [JSON.parse(`"${row.number}"`), row.event_id])),
  }
}

export async function writeJudged(session: Queryable, desk: Desk, judged: Judged, receivedAt: string): Promise<void> {
  await addAccepted(session, desk.unitId, judged.accepted, receivedAt)
  if (judged.refused.length === 0) return
  await session.query(
    `insert into refused_event (unit_id, desk_id, received_at, event_id, code, text, dossier_id, n)
     select $1, $2, $3::timestamptz, * from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[])`,
    [
      desk.unitId,
      desk.deskId,
      receivedAt,
      judged.refused.map(({ eventId }) => eventId),
      judged.refused.map(({ code }) => code),
      judged.refused.map(({ text }) => text),
      judged.refused.map(({ dossierId }) => dossierId),
      judged.refused.map(({ n }) => n),
    ],
  )
}

async function addAccepted(session: Queryable, unitId: string, events: readonly AcceptedEvent[], receivedAt: string) {
  const last = events.at(-1)
  if (!last) return
  await session.query(
    `insert into event (unit_id, received_at, seq, event_id, dossier_id, desk_id, text, bytes, findings)
     select $1, $2::timestamptz, * from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[])`,
    [
      unitId,
      receivedAt,
      events.map(({ seq }) => seq),
      events.map(({ stored }) => stored.id),
      events.map(({ stored }) => stored.dossierId),
      events.map(({ stored }) => stored.deskId),
      events.map(({ text }) => text),
      events.map(({ text }) => Buffer.byteLength(text)),
      events.map(({ findings }) => JSON.stringify(findings)),
    ],
  )
  await session.query('update stream set seq = $2 where unit_id = $1', [unitId, last.seq])
  const numbered = events.flatMap(({ stored }) => {
    const number = findNumber(stored)
    return number === undefined ? [] : [{ number: numberKey(number), stored }]
  })
  if (numbered.length === 0) return
  await session.query(
    `insert into dossier_number (unit_id, number, dossier_id, event_id)
     select $1, * from unnest($2::text[], $3::text[], $4::text[]) on conflict do nothing`,
    [
      unitId,
      numbered.map(({ number }) => number),
      numbered.map(({ stored }) => stored.dossierId),
      numbered.map(({ stored }) => stored.id),
    ],
  )
}

/** One page of a unit's stream: bounded in events and in bytes, never empty when something is there. */
export async function readPage(store: Queryable, unitId: string, after: number): Promise<readonly StreamEvent[]> {
  const { rows } = await store.query<EventRow>(
    `select event_id, seq, text, findings, received_at from (
       select event_id, seq, text, findings, received_at, bytes, sum(bytes) over (order by seq) as upto
       from event where unit_id = $1 and seq > $2 order by seq limit $3
     ) page where upto <= $4 or upto = bytes order by seq`,
    [unitId, after, maxEventsPerReply, maxPageBytes],
  )
  return rows.map(streamEventOf)
}

export async function readStreamHead(store: Queryable, unitId: string): Promise<number> {
  const { rows } = await store.query<{ seq: number }>('select seq from stream where unit_id = $1', [unitId])
  return rows[0]?.seq ?? 0
}

function streamEventOf(row: EventRow): StreamEvent {
  return {
    seq: row.seq,
    text: row.text,
    receivedAt: row.received_at.toISOString(),
    findings: JSON.parse(row.findings),
  }
}

/** A number as JSON writes it: even control characters, which no text column takes, have a spelling there. */
function numberKey(number: string): string {
  return JSON.stringify(number).slice(1, -1)
}
