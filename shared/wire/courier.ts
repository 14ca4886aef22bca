import { z } from 'zod'
import { deskIdSchema, instantSchema, sha256Schema, unitIdSchema } from '../core/schemas.ts'
import { publicationVersionsSchema } from '../law/publication.ts'
import { maxAttachmentBytes } from './attachment.ts'
import { cursorSchema, maxEventsPerRequest } from './exchange.ts'
import { ownEventSchema } from './own-event.ts'

/**
 * A courier file: one exchange of a desk without a line, carried on a USB stick or by another desk of the unit.
 * ```
 * desk ── events file ──► stick ──► district, or another desk ──line──► district
 * desk ◄── receipt ────── stick ◄── district, or that other desk ◄──── district
 *
 * ┌ head, 1024 bytes ─ "MOT-CUA COURIER 1" ‖ \n ‖ JSON ‖ spaces ‖ \n ─────────────── readable by anyone ┐
 * │ sealed key ─ 32 random bytes, sealed to the letter box of the addressee (shared/node/sealed-box.ts)│
 * │ part 0 ‖ part 1 ‖ … ‖ last part ─ AES-256-GCM under that key, 64 KiB of plain bytes each            │ body
 * └─────────────────────────────────────────────────────────────────────────────────────────────────┘
 * plain bytes = records, each  length(4, big endian) ‖ JSON ‖ content when the record is a scan
 *   events file:  opening · events … · scan … · end              receipt:  reply … · held · end
 * ```
 * 1. Only the addressee opens it: the district's box for events, the author's box for a receipt. Whoever carries it reads
 *    the head: ids, counts, a moment; nothing about a person.
 * 2. The head names the SHA-256 of the body and is signed with Ed25519: by the author for events, by the district for a
 *    receipt. What is cut, changed or put together from two files is refused before anything of it is used.
 * 3. A part is sealed with its number and with whether it is the last; the sealed key is bound to kind, file, unit and desk.
 * 4. Taking an events file is an exchange (`exchange.ts`): same pages, same judging, at least once, idempotent by event id.
 *    Taken twice it changes nothing, and its receipt says the same.
 * 5. Written events stay unsent at their desk until a receipt or a line confirms them.
 * 6. A receipt is applied like the replies it carries, and only where they join on: a reply of an epoch the desk has left,
 *    or one that would leave a gap in the stream, moves nothing but verdicts, or nothing at all.
 */
export const courierMagic = 'MOT-CUA COURIER '
export const courierVersion = 1
export const courierHeadBytes = 1024
export const courierPartBytes = 64 * 1024
/** FAT32 sticks hold no larger file, and a phone's storage rarely; what does not fit goes into the next one. */
export const maxCourierBytes = 2 * 1024 * 1024 * 1024

export const courierFileIdSchema = z.uuid().max(36)

export const courierHeadSchema = z.object({
  kind: z.enum(['events', 'receipt']),
  /** The receipt bears the id of the file it answers. */
  fileId: courierFileIdSchema,
  unitId: unitIdSchema,
  /** The desk that made the events. */
  deskId: deskIdSchema,
  /** That desk's number lane: how officers tell desks apart where names could be those of persons. */
  lane: z.int().min(1),
  /** SHA-256 of the public half of the district's letter box. */
  district: sha256Schema,
  createdAt: instantSchema,
  /** Events carried, or verdicts in a receipt. */
  events: z.int().min(0),
  scans: z.int().min(0),
  /** Of the body. */
  bytes: z.int().min(0).max(maxCourierBytes),
  sha256: sha256Schema,
  signature: z.string().max(100),
})
export type CourierHead = z.infer<typeof courierHeadSchema>

/** What the author, or the district, signs. */
export function courierSignatureInput(head: Omit<CourierHead, 'signature'>): string {
  const { kind, fileId, unitId, deskId, lane, district, createdAt, events, scans, bytes, sha256 } = head
  const signed = [courierVersion, kind, fileId, unitId, deskId, lane, district, createdAt, events, scans, bytes, sha256]
  return `mot-cua/courier\n${JSON.stringify(signed)}`
}

/** Binds the sealed key to the head it stands under. */
export function courierSealContext({
  kind,
  fileId,
  unitId,
  deskId,
}: Pick<CourierHead, 'kind' | 'fileId' | 'unitId' | 'deskId'>): string {
  return `mot-cua/courier/${kind}\n${fileId}\n${unitId}\n${deskId}`
}

export const courierRecordSchema = z.discriminatedUnion('record', [
  /** First of an events file: what the desk holds, as in an exchange request. */
  z.object({
    record: z.literal('opening'),
    protocol: z.int().min(1),
    cursor: cursorSchema,
    holds: publicationVersionsSchema,
  }),
  /** A page in chain order, with the author's signature over the chain head it ends at. */
  z.object({
    record: z.literal('events'),
    events: z.array(ownEventSchema).min(1).max(maxEventsPerRequest),
    head: z.object({ n: z.int().min(1), link: sha256Schema, signature: z.string().max(200) }),
  }),
  /** Its bytes follow. */
  z.object({ record: z.literal('scan'), sha256: sha256Schema, bytes: z.int().min(1).max(maxAttachmentBytes) }),
  /** A whole `ExchangeReply` as the district signed it, and the cursor it was asked with. */
  z.object({ record: z.literal('reply'), after: cursorSchema, reply: z.unknown() }),
  /** Scans of the file the district now holds. */
  z.object({ record: z.literal('held'), scans: z.array(sha256Schema) }),
  z.object({ record: z.literal('end') }),
])
export type CourierRecord = z.infer<typeof courierRecordSchema>

/** Why a file is not taken; nothing of it was used. */
export const courierFaults = [
  /** Not one of these files at all. */
  'courier/not-courier',
  'courier/newer-version',
  /** Shorter or longer than its head says. */
  'courier/cut',
  /** Bytes, head or signature do not belong together. */
  'courier/changed',
  'courier/other-district',
  'courier/unknown-author',
  'courier/retired-author',
] as const
export type CourierFault = (typeof courierFaults)[number]

/**
 * A desk that carries another's file hands it over in parts, so that a bad line goes on where it broke:
 * `GET /v1/couriers/{fileId}` `{held}` · `PUT /v1/couriers/{fileId}/{held}` the next part, answered `{held}` ·
 * `POST /v1/couriers` `{fileId}` takes the whole file and answers the receipt, itself a courier file.
 */
export const courierPath = '/v1/couriers'
export const maxCourierPartBytes = 1024 * 1024
export const courierHeldSchema = z.object({ held: z.int().min(0) })
export const courierTakeSchema = z.object({ fileId: courierFileIdSchema })
