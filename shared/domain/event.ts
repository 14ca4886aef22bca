import { z } from 'zod'
import type { EventId } from '../core/ids.ts'
import { type PlainCheck, plainCheckOf } from '../core/plainly-fits.ts'
import {
  commandIdSchema,
  deskIdSchema,
  dossierIdSchema,
  eventIdSchema,
  instantSchema,
  isoDateSchema,
  staffIdSchema,
  textSchema,
  unitIdSchema,
  vndSchema,
} from '../core/schemas.ts'
import { applicantSchema, delegateSchema } from './applicant.ts'
import { fieldChangesSchema } from './field-change.ts'
import { dossierNumberSchema } from './numbering.ts'
import { submittedDocumentSchema } from './submitted-document.ts'

const procedureRef = z.object({ code: z.string().min(1).max(40), version: z.int().min(1) })
const declaration = z.record(z.string().max(80), textSchema(4000))
const noteText = textSchema(4000)

export const feeDueSchema = z.object({
  amountVnd: vndSchema,
  /** Why nothing or less is due: "hộ nghèo". */
  exemption: textSchema(300).optional(),
  /** The part of the amount the officer entered because no verified rule exists. */
  enteredVnd: vndSchema.optional(),
})
export type FeeDue = z.infer<typeof feeDueSchema>

export const dueSchema = z.object({
  dueAt: instantSchema,
  /** False when the officer entered it or the calendar of that year was not complete. */
  verified: z.boolean(),
})
export type Due = z.infer<typeof dueSchema>

/** Mẫu 01 was given: giấy tiếp nhận hồ sơ và hẹn trả kết quả. */
export const dossierReceivedBody = z.object({
  number: dossierNumberSchema,
  procedure: procedureRef,
  channel: z.enum(['direct', 'postal', 'online']),
  applicant: applicantSchema,
  delegate: delegateSchema.optional(),
  declaration,
  documents: z.array(submittedDocumentSchema).max(100),
  fee: feeDueSchema,
  due: dueSchema,
  delivery: z.enum(['counter', 'postal']),
})

/** Mẫu 03 was given: phiếu từ chối tiếp nhận giải quyết hồ sơ. */
export const intakeRefusedBody = z.object({
  procedure: procedureRef,
  applicant: applicantSchema,
  reason: noteText.min(1),
})

export const processingStartedBody = z.object({ note: noteText.optional() })

export const deliverableSchema = z.object({
  name: textSchema(300).min(1),
  number: textSchema(100).optional(),
  issuedOn: isoDateSchema.optional(),
})
export type Deliverable = z.infer<typeof deliverableSchema>

export const dossierFinishedBody = z.object({ deliverable: deliverableSchema, note: noteText.optional() })

export const recipientSchema = z.object({
  name: textSchema(200).min(1),
  personalId: textSchema(100).optional(),
  /** "Người nộp", "người được ủy quyền". */
  relation: textSchema(200).optional(),
})
export type Recipient = z.infer<typeof recipientSchema>

export const deliverableHandedOverBody = z.object({
  recipient: recipientSchema,
  method: z.enum(['counter', 'postal']),
  note: noteText.optional(),
})

export const noteAddedBody = z.object({ text: noteText.min(1) })

/** What an own event that the district returned became: the officer's answer names it, so that it no longer waits. */
const resolves = eventIdSchema.optional()

export const dossierCorrectedBody = z.object({
  changes: fieldChangesSchema,
  reason: noteText.optional(),
  resolves,
})

/** An officer let go of work that came back; the returned event itself stays in the desk's and the district's books. */
export const returnedWithdrawnBody = z.object({
  resolves: eventIdSchema,
  returnedType: z.string().max(64),
  note: noteText.optional(),
})

/** A leader looked at what the district found about an act that stands. */
export const findingClosedBody = z.object({ findingOf: eventIdSchema, note: noteText.min(1) })

/** What can happen to a dossier, by type. Adding a type is additive on the wire; changing one is not. */
export const eventBodies = {
  'dossier-received': dossierReceivedBody,
  'intake-refused': intakeRefusedBody,
  'processing-started': processingStartedBody,
  'dossier-finished': dossierFinishedBody,
  'deliverable-handed-over': deliverableHandedOverBody,
  'note-added': noteAddedBody,
  'dossier-corrected': dossierCorrectedBody,
  'returned-withdrawn': returnedWithdrawnBody,
  'finding-closed': findingClosedBody,
} as const

export type EventType = keyof typeof eventBodies
export type EventBody<T extends EventType> = z.infer<(typeof eventBodies)[T]>

/** Refused so often in a row, an event is not decided again: that does not mend it, its officer is asked. */
export const mostRebased = 20

/**
 * An event as it is stored and carried. `type` and `body` stay open here: an older desk keeps, forwards and shows
 * events it does not understand.
 */
export const storedEventSchema = z.object({
  id: eventIdSchema,
  dossierId: dossierIdSchema,
  unitId: unitIdSchema,
  /** The author's count of this dossier's events including this one; the district decides the real order. */
  seq: z.int().min(1),
  deskId: deskIdSchema,
  staffId: staffIdSchema,
  commandId: commandIdSchema,
  /** The desk's clock, never altered later. */
  at: instantSchema,
  /** When it happened on paper, if it was keyed in later. */
  effectiveAt: instantSchema.optional(),
  /** Versions of the reference data the decision was made under. */
  law: z.object({ catalogue: z.int(), calendar: z.int() }),
  /** The event this one replaces after a lost race: same command, decided again. */
  rebasedFrom: eventIdSchema.optional(),
  /**
   * What that one had been decided again from, the first one last. The district refused each and tells nobody, but another desk may
   * hold any of them from a former life of the district.
   */
  rebasedBefore: z.array(eventIdSchema).max(mostRebased).optional(),
  type: z.string().max(64),
  body: z.record(z.string(), z.unknown()),
})
export type StoredEvent = z.infer<typeof storedEventSchema>

const isPlainlyStored = plainCheckOf(storedEventSchema)

/** An event as JSON brought it; undefined when it is none. */
export function findStoredEvent(json: unknown): StoredEvent | undefined {
  return isPlainlyStored(json) ? (json as StoredEvent) : storedEventSchema.safeParse(json).data
}

/** A stored event whose type this version knows and whose body fits it. */
export type DossierEvent = {
  [T in EventType]: Omit<StoredEvent, 'type' | 'body'> & { readonly type: T; readonly body: EventBody<T> }
}[EventType]

export function isKnownEventType(type: string): type is EventType {
  return Object.hasOwn(eventBodies, type)
}

/** Events never change, and one that is judged is asked for several times: by the rules, the fold, the search for numbers. */
const read = new WeakMap<StoredEvent, DossierEvent | undefined>()

/** A stored event as one this version understands; undefined for an unknown type or a body that does not fit. */
export function findKnownEvent(stored: StoredEvent): DossierEvent | undefined {
  if (!read.has(stored)) read.set(stored, readKnownEvent(stored))
  return read.get(stored)
}

const formersSchema = storedEventSchema.shape.rebasedBefore

/** All that an event was before it was decided again, the first one last. Read with care: an event that comes back is a bare text. */
export function formersOf({ rebasedFrom, rebasedBefore }: StoredEvent): readonly EventId[] {
  if (rebasedFrom === undefined) return []
  return [rebasedFrom, ...(rebasedBefore === undefined ? [] : (formersSchema.safeParse(rebasedBefore).data ?? []))]
}

/** The events that were decided again, however often, or answered after they came back, with this one; the last ones first. */
export function replacedBy(event: StoredEvent): readonly EventId[] {
  const { resolves } = event.body
  const [nearest, ...before] = formersOf(event)
  // A failed reading is dear, and most events resolve nothing.
  const resolved = resolves === undefined ? undefined : eventIdSchema.safeParse(resolves).data
  return [nearest, resolved, ...before].filter((id) => id !== undefined)
}

const plainBodies = new Map<EventType, PlainCheck>()

function isPlainBody(type: EventType, body: unknown): boolean {
  let fits = plainBodies.get(type)
  if (!fits) {
    fits = plainCheckOf(eventBodies[type])
    plainBodies.set(type, fits)
  }
  return fits(body)
}

function readKnownEvent(stored: StoredEvent): DossierEvent | undefined {
  if (!isKnownEventType(stored.type)) return undefined
  if (isPlainBody(stored.type, stored.body)) return stored as unknown as DossierEvent
  const body = eventBodies[stored.type].safeParse(stored.body)
  if (!body.success) return undefined
  return { ...stored, type: stored.type, body: body.data } as DossierEvent
}

/**
 * Witnessed acts: a citizen saw them happen and may hold the paper, so no rule can make them not have happened.
 * They are accepted with findings instead of being refused.
 */
const witnessedTypes: ReadonlySet<string> = new Set<EventType>([
  'dossier-received',
  'intake-refused',
  'deliverable-handed-over',
])

export function isWitnessed(type: string): boolean {
  return witnessedTypes.has(type)
}
