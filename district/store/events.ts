import type { EventId } from '../../shared/core/ids.ts'
import type { Dossier } from '../../shared/domain/dossier.ts'
import { formersOf, replacedBy, type StoredEvent } from '../../shared/domain/event.ts'
import { applyEvent } from '../../shared/domain/fold.ts'
import { textHashOf } from '../../shared/node/event-hashes.ts'
import type { StreamEvent } from '../../shared/wire/exchange.ts'
import { type AcceptedEvent, findNumber, type HeldEvent, type Judged, type Known } from '../exchange/judge-batch.ts'
import { openPlaces, type RefusedPlace, waitsForOthers } from '../exchange/predecessors.ts'
import type { ReadEvent } from '../exchange/read-batch.ts'
import { linksOf } from '../exchange/stream-links.ts'
import { nextTurn, turnEnds } from '../exchange/turns.ts'
import type { Desk } from './desks.ts'
import { readParkedAmong } from './parked-events.ts'
import type { Queryable } from './pool.ts'
import { textArray } from './text-array.ts'

interface AcceptedRow {
  event_id: string
  seq: number
  text: string
  findings: string
  received_at: Date
}

type RefusedRow = Omit<RefusedPlace, 'replaces'> & { readonly text: string }

interface Rows<Row> {
  readonly rows: readonly Row[]
}

/** Locks the unit's counter until the transaction ends: whoever adds to a stream does so alone. */
export async function holdStream(session: Queryable, unitId: string): Promise<number> {
  const { rows } = await session.query<{ seq: number }>(
    `insert into stream as s (unit_id) values ($1) on conflict (unit_id) do update set seq = s.seq returning seq`,
    [unitId],
  )
  return rows[0]?.seq ?? 0
}

/**
 * Events of the unit `$1` by each of `$2`. Asked id by id, and with the unit hidden from the planner: of a unit that is new since
 * the table was last analysed it expects no rows, and reads all of them for every batch. Hidden, and for one id, only the index
 * that holds both columns is worth its while.
 */
function eventsBy(key: 'event_id' | 'dossier_id', columns: string): string {
  return `select found.* from unnest($2::text[]) as asked (id) cross join lateral (
      select ${columns} from event where unit_id = (select $1::text) and ${key} = asked.id offset 0
    ) as found`
}

/** Everything the batch speaks about, in six questions whatever its size, asked together. */
export async function readKnown(
  session: Queryable,
  desk: Desk,
  batch: readonly ReadEvent[],
): Promise<Omit<Known, 'seq'>> {
  const { unitId, deskId } = desk
  const ids = textArray(batch.map(({ eventId }) => eventId))
  const dossierIds = textArray([...new Set(batch.map(({ dossierId }) => dossierId))])
  const stored = batch.flatMap((read) => read.stored ?? [])
  const accepted = session.query<AcceptedRow>(eventsBy('event_id', 'event_id, seq, text, findings, received_at'), [
    unitId,
    ids,
  ])
  const refused = session.query<{ event_id: string; code: string; text: string }>(
    'select event_id, code, text from refused_event where unit_id = $1 and desk_id = $2 and event_id = any($3::text[])',
    [unitId, deskId, ids],
  )
  const places = session.query<RefusedRow>(
    `select event_id as "eventId", dossier_id as "dossierId", n, code, text from refused_event
     where unit_id = $1 and desk_id = $2 and dossier_id = any($3::text[]) and dossier_id <> ''`,
    [unitId, deskId, dossierIds],
  )
  const history = session.query<{ text: string }>(`${eventsBy('dossier_id', 'text, seq')} order by found.seq`, [
    unitId,
    dossierIds,
  ])
  const numbers = session.query<{ number: string; event_id: string }>(
    'select number, event_id from dossier_number where unit_id = $1 and number = any($2::text[])',
    [unitId, textArray(stored.flatMap((event) => findNumber(event) ?? []).map(numberKey))],
  )
  const waited = readParkedAmong(
    session,
    desk,
    stored.filter(waitsForOthers).map(({ id }) => id),
  )
  const answers = await Promise.all([accepted, refused, places, waited, history, numbers])
  return knownOf(...answers)
}

async function knownOf(
  accepted: Rows<AcceptedRow>,
  refused: Rows<{ event_id: string; code: string; text: string }>,
  places: Rows<RefusedRow>,
  parkedBefore: ReadonlySet<string>,
  history: Rows<{ text: string }>,
  numbers: Rows<{ number: string; event_id: string }>,
): Promise<Omit<Known, 'seq'>> {
  const dossiers = new Map<string, Dossier>()
  const replaced = new Set<string>()
  for (const [index, { text }] of history.rows.entries()) {
    if (turnEnds(index)) await nextTurn()
    const event: StoredEvent = JSON.parse(text)
    const dossier = applyEvent(dossiers.get(event.dossierId), event)
    if (dossier) dossiers.set(event.dossierId, dossier)
    for (const id of formersOf(event)) replaced.add(id)
  }
  return {
    accepted: new Map(accepted.rows.map((row) => [row.event_id, heldEventOf(row)])),
    refused: new Map(refused.rows.map((row) => [row.event_id, row])),
    refusedPlaces: openPlaces(places.rows.map(placeOf), replaced),
    parkedBefore,
    dossiers,
    numbers: new Map(numbers.rows.map((row) => [JSON.parse(`"${row.number}"`), row.event_id])),
  }
}

function placeOf({ text, ...place }: RefusedRow): RefusedPlace {
  return { ...place, replaces: rebasedFromOf(text) }
}

/** What was refused need not be readable. */
function rebasedFromOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as Partial<StoredEvent> | null)?.rebasedFrom
  } catch {
    return undefined
  }
}

/** `headLink` is the link of the stream's last place before these; the answer is that of the last one after them. */
export async function writeJudged(
  session: Queryable,
  desk: Desk,
  judged: Judged,
  headLink: string,
  receivedAt: string,
): Promise<string> {
  const [link] = await Promise.all([
    addAccepted(session, desk.unitId, judged.accepted, headLink),
    addRefused(session, desk, judged, receivedAt),
  ])
  return link
}

async function addRefused(session: Queryable, desk: Desk, judged: Judged, receivedAt: string): Promise<void> {
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
      judged.refused.map(({ text }) => String(text)),
      judged.refused.map(({ dossierId }) => dossierId),
      judged.refused.map(({ n }) => n),
    ],
  )
}

/** Puts events that have their places at the end of the stream, each linked to the one before; answers the last link. */
export async function addAccepted(
  session: Queryable,
  unitId: string,
  events: readonly AcceptedEvent[],
  headLink: string,
): Promise<string> {
  const last = events.at(-1)
  if (!last) return headLink
  const links = linksOf(
    headLink,
    events.map((event) => ({ ...event, textHash: textHashOf(event.text) })),
  )
  const added = session.query(
    `insert into event (unit_id, received_at, seq, event_id, dossier_id, desk_id, type, replaces, text, bytes, findings, link)
     select $1, received_at::timestamptz, seq, event_id, dossier_id, desk_id, type, replaces, text, octet_length(text), findings, link
     from unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::text[], $11::text[]) as new (received_at, seq, event_id, dossier_id, desk_id, type, replaces, findings, link, text)`,
    [
      unitId,
      textArray(events.map(({ receivedAt }) => receivedAt)),
      events.map(({ seq }) => seq),
      textArray(events.map(({ stored }) => stored.id)),
      textArray(events.map(({ stored }) => stored.dossierId)),
      textArray(events.map(({ stored }) => stored.deskId)),
      textArray(events.map(({ stored }) => stored.type)),
      textArray(events.map(({ stored }) => replacedBy(stored).join(' '))),
      textArray(events.map(({ findings }) => JSON.stringify(findings))),
      textArray(links),
      // Last: the driver makes room for half as much again when something comes behind it, and moves all it has there.
      textArray(events.map(({ text }) => text)),
    ],
  )
  const counted = session.query('update stream set seq = $2 where unit_id = $1', [unitId, last.seq])
  const numbered = events.flatMap(({ stored }) => {
    const number = findNumber(stored)
    return number === undefined ? [] : [{ number: numberKey(number), stored }]
  })
  const noted = session.query(
    `insert into dossier_number (unit_id, number, dossier_id, event_id)
     select $1, * from unnest($2::text[], $3::text[], $4::text[]) on conflict do nothing`,
    [
      unitId,
      textArray(numbered.map(({ number }) => number)),
      textArray(numbered.map(({ stored }) => stored.dossierId)),
      textArray(numbered.map(({ stored }) => stored.id)),
    ],
  )
  await Promise.all([added, counted, noted])
  return links.at(-1) ?? headLink
}

/** The link of the stream's last place; empty before the first. */
export async function readHeadLink(session: Queryable, unitId: string): Promise<string> {
  const { rows } = await session.query<{ link: string }>(
    'select link from event where unit_id = $1 and seq = (select seq from stream where unit_id = $1)',
    [unitId],
  )
  return rows[0]?.link ?? ''
}

/** The link of a place, or undefined where the stream has no such place. */
export async function findLink(session: Queryable, unitId: string, seq: number): Promise<string | undefined> {
  const { rows } = await session.query<{ link: string }>('select link from event where unit_id = $1 and seq = $2', [
    unitId,
    seq,
  ])
  return rows[0]?.link
}

export async function findHeld(
  session: Queryable,
  unitId: string,
  eventIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await session.query<{ event_id: string }>(eventsBy('event_id', 'event_id'), [unitId, eventIds])
  return new Set(rows.map(({ event_id }) => event_id))
}

export async function dropRefusals(session: Queryable, unitId: string, eventIds: readonly string[]): Promise<void> {
  await session.query('delete from refused_event where unit_id = $1 and event_id = any($2::text[])', [unitId, eventIds])
}

export async function readStreamHead(store: Queryable, unitId: string): Promise<number> {
  const { rows } = await store.query<{ seq: number }>('select seq from stream where unit_id = $1', [unitId])
  return rows[0]?.seq ?? 0
}

function heldEventOf(row: AcceptedRow): HeldEvent {
  const { event_id, seq, text, received_at } = row
  return { seq, eventId: event_id as EventId, text, receivedAt: received_at.toISOString(), findings: findingsOf(row) }
}

export function findingsOf(row: { findings: string }): StreamEvent['findings'] {
  return row.findings === '[]' ? [] : JSON.parse(row.findings)
}

/** A number as JSON writes it: even control characters, which no text column takes, have a spelling there. */
function numberKey(number: string): string {
  return JSON.stringify(number).slice(1, -1)
}
