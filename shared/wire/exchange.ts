import { z } from 'zod'
import {
  deskIdSchema,
  dossierIdSchema,
  eventIdSchema,
  instantSchema,
  sha256Schema,
  unitIdSchema,
} from '../core/schemas.ts'
import { mostRebased } from '../domain/event.ts'
import { publicationsSchema, publicationVersionsSchema } from '../law/publication.ts'
import { tlsPinsSchema } from './enrolment.ts'
import { type EventText, eventTextSchema } from './event-text.ts'
import { sentEventSchema } from './own-event.ts'
import { streamProofSchema } from './stream-proof.ts'

/**
 * One round trip of the exchange, `POST /v1/exchange`:
 * ```
 * desk ── cursor + unsent events (in chain order) ──────────────► district
 * desk ◄── verdicts + events after the cursor + new cursor ────── district
 * ```
 * 1. At least once, idempotent by event id: an event sent again gets its first verdict again.
 * 2. The desk writes verdicts, events and the new cursor in one journal frame.
 * 3. Both sides page: the desk repeats at once while `more` is true or it has unsent events left. It knows the line, so
 *    it says how much the reply may carry.
 * 4. A reply is signed whole, with the nonce of the request it answers. A refused request is an answer with a code
 *    (`refusal.ts`), never a 500; nothing of it is stored.
 * 5. An accepted verdict tells the event's whole place in the stream: a desk that holds its events and whose cursor it continues
 *    takes it for that place and is not told it again, and the reply's cursor stands behind it.
 * 6. A desk may send the next request before the last is answered. It then says what it follows, and a request that
 *    arrives before the one it follows is refused: nothing is judged out of order. While it pulls, a header tells it where
 *    the reply on its way will end.
 * 7. Events that come with a cursor of a former life get no verdict yet: they were decided on what a restored district may lack.
 *    Once the desk has given that back (`returned.ts`) it brings them again.
 */
export const cursorSchema = z.object({
  /** One life of the district's database; a restore from backup starts another. Empty before the first contact. */
  epoch: z.string().max(64),
  seq: z.int().min(0),
})
export type Cursor = z.infer<typeof cursorSchema>

export function isSameCursor(one: Cursor, other: Cursor): boolean {
  return one.epoch === other.epoch && one.seq === other.seq
}

export const maxEventsPerRequest = 2000
export const maxEventsPerReply = 2000
/** Bytes of event text in one message; a larger page is cut at an event boundary. */
export const maxPageBytes = 4 * 1024 * 1024

export const exchangeRequestSchema = z.object({
  protocol: z.int().min(1),
  cursor: cursorSchema,
  events: z.array(sentEventSchema).max(maxEventsPerRequest),
  /** The chain place before the first event, when the request that brings it is still on its way. */
  follows: z.int().min(1).optional(),
  /** Bytes of event text the reply may carry; 0 asks for verdicts alone. */
  room: z.int().min(0).optional(),
  /** The line is quick: packing the reply tightly would only cost time. */
  quick: z.boolean().optional(),
  /** The desk has all its own events: only their places are news to it. */
  holdsOwn: z.boolean().optional(),
  /** Signature of the sending desk over its chain head, so that a batch proves itself by any road. Absent when empty. */
  head: z.object({ n: z.int().min(1), link: sha256Schema, signature: z.string().max(200) }).optional(),
  /** Versions of the reference data the desk holds; the reply carries what is newer. */
  holds: publicationVersionsSchema,
})
export type ExchangeRequest = z.infer<typeof exchangeRequestSchema>

export const findingSchema = z.object({ code: z.string().max(64) }).catchall(z.unknown())

export const verdictSchema = z.discriminatedUnion('verdict', [
  /** `seq` is the event's place in the unit's stream, `receivedAt` when it got it. */
  z.object({
    eventId: eventIdSchema,
    verdict: z.literal('accepted'),
    seq: z.int().min(1),
    receivedAt: instantSchema,
    findings: z.array(findingSchema),
  }),
  z.object({ eventId: eventIdSchema, verdict: z.literal('parked'), waitsFor: z.int().min(1) }),
  z.object({ eventId: eventIdSchema, verdict: z.literal('refused'), code: z.string().max(64) }),
])
export type Verdict = z.infer<typeof verdictSchema>
type AcceptedVerdict = Extract<Verdict, { verdict: 'accepted' }>

/** The verdicts that tell the places right behind `after`, one behind the other. */
export function placesTold(verdicts: readonly Verdict[], after: number): readonly AcceptedVerdict[] {
  const told: AcceptedVerdict[] = []
  for (const verdict of verdicts) {
    if (verdict.verdict === 'accepted' && verdict.seq === after + told.length + 1) told.push(verdict)
  }
  return told
}

export const aboutSchema = z.object({
  dossierId: dossierIdSchema,
  deskId: deskIdSchema,
  type: z.string().max(64),
  /** The events its desk decided again, however often, and answered, with this one. */
  replaces: z
    .array(eventIdSchema)
    .max(2 + mostRebased)
    .optional(),
})

/**
 * An event of the unit's stream, whoever made it. The desk's own come back too: their place is news, their text only
 * to a desk that does not hold them.
 */
export const streamEventSchema = z.object({
  seq: z.int().min(1),
  eventId: eventIdSchema,
  text: eventTextSchema.optional(),
  /** What the text says of itself: a desk need not read what somebody else wrote to know where it belongs. */
  about: aboutSchema.optional(),
  receivedAt: instantSchema,
  findings: z.array(findingSchema),
})
export type StreamEvent = z.infer<typeof streamEventSchema>

export const exchangeReplySchema = z.object({
  protocol: z.int().min(1),
  unitId: unitIdSchema,
  deskId: deskIdSchema,
  /** The district's clock when it answered; the desk learns its offset from it. */
  time: instantSchema,
  verdicts: z.array(verdictSchema),
  events: z.array(streamEventSchema).max(maxEventsPerReply),
  cursor: cursorSchema,
  more: z.boolean(),
  /** Proves the stream up to where this reply tells of it, in events or in verdicts: after a restore, what was accepted can be given back (`returned.ts`). */
  proof: streamProofSchema.optional(),
  /** The last link of this desk's chain the district holds: a desk that lost its tail sees it here. */
  ownHead: z.object({ n: z.int().min(0), link: sha256Schema }),
  /** Places of this desk's chain the district lacks: a desk that holds them offers them again. */
  gaps: z.array(z.object({ from: z.int().min(1), to: z.int().min(1) })).optional(),
  /** Reference data newer than the desk holds. */
  publications: publicationsSchema.partial(),
  /** Keys of the certificates the district answers with, now and next (`enrolment.ts`); a desk learns the next in time. */
  tlsPins: tlsPinsSchema.optional(),
  /** Ed25519 of the district over the SHA-256 of `replySignatureInput`, base64. */
  signature: z.string().max(200),
})
export type ExchangeReply = z.infer<typeof exchangeReplySchema>

/** Desks of an older protocol read no reply in which an event replaces more than two. */
export const allReplacedSince = 3

/** Desks of an older protocol know no reply that is bound to its request. */
export const boundRepliesSince = 2

/**
 * What the district signs, as the hex of its SHA-256: which question it answers, everything the reply says, and then the
 * texts one behind the other; their lengths in bytes stand before them. They are most of a page, and joining them costs more
 * than hashing.
 * A desk checks the reply as it came, before a schema has put its keys in another order or dropped what a newer
 * district added.
 * @param answers the nonce of the request, or the id of the courier file: an old reply, shown again, answers neither.
 *   Undefined to a desk before `boundRepliesSince`.
 */
export function replySignatureInput(
  reply: Omit<ExchangeReply, 'signature'>,
  answers: string | undefined,
  bytesOf: (text: EventText) => number,
): readonly EventText[] {
  const { signature: _, events, ...rest } = reply as ExchangeReply
  const places = events.map(({ seq, eventId, text, about = null, receivedAt, findings }) => {
    return [seq, eventId, text === undefined ? -1 : bytesOf(text), about, receivedAt, findings]
  })
  const head = answers === undefined ? unboundHead(rest, places) : ['mot-cua/reply', answers, rest, places]
  return [`${JSON.stringify(head)}\n`, ...events.flatMap(({ text }) => text ?? [])]
}

function unboundHead(rest: Omit<ExchangeReply, 'signature' | 'events'>, places: readonly unknown[]): unknown[] {
  const { deskId, time, cursor, verdicts, ownHead, more, publications, tlsPins = [] } = rest
  return [deskId, time, cursor.epoch, cursor.seq, verdicts, ownHead, more, places, publications, tlsPins]
}

/** Where a reply behind which there is more will end, so that a desk may ask on while it is still coming. */
export const onwardHeader = 'mot-cua-onward'

export function onwardText({ epoch, seq }: Cursor): string {
  return `${seq} ${epoch}`
}

/** Unsigned: a wrong one costs a request, for the reply itself says where it ends. */
export function findOnward(header: string | null): Cursor | undefined {
  const [, seq, epoch] = /^(\d{1,15}) (\S{1,64})$/.exec(header ?? '') ?? []
  return seq === undefined || epoch === undefined ? undefined : { epoch, seq: Number(seq) }
}

/** How long the district worked on the request (W3C Server Timing); what a proxy drops counts as nothing. */
export const workHeader = 'server-timing'

export function workText(ms: number): string {
  return `work;dur=${Math.round(ms)}`
}

export function workMsOf(header: string | null): number {
  return Number(/^work;dur=(\d+)$/.exec(header ?? '')?.[1] ?? 0)
}

/** What a desk signs for its chain head. */
export function headSignatureInput(deskId: string, n: number, link: string): string {
  return `mot-cua/head\n${deskId}\n${n}\n${link}`
}
