import { z } from 'zod'
import { dossierIdSchema, eventIdSchema, instantSchema, textSchema, vndSchema } from '../core/schemas.ts'
import { applicantSchema, delegateSchema } from './applicant.ts'
import { deliverableSchema, recipientSchema } from './event.ts'
import { fieldChangesSchema } from './field-change.ts'
import { submittedDocumentSchema } from './submitted-document.ts'

const noteText = textSchema(4000)

const receiveDossier = z.object({
  type: z.literal('receive-dossier'),
  dossierId: dossierIdSchema,
  procedureCode: z.string().min(1).max(40),
  channel: z.enum(['direct', 'postal', 'online']),
  applicant: applicantSchema,
  delegate: delegateSchema.optional(),
  declaration: z.record(z.string().max(80), textSchema(4000)),
  documents: z.array(submittedDocumentSchema).max(100),
  exemption: textSchema(300).optional(),
  /** Only for procedures without a verified fee. */
  enteredFeeVnd: vndSchema.optional(),
  /** Only for procedures without a verified processing time. */
  enteredDueAt: instantSchema.optional(),
  delivery: z.enum(['counter', 'postal']),
})
export type ReceiveDossier = z.infer<typeof receiveDossier>

const refuseIntake = z.object({
  type: z.literal('refuse-intake'),
  dossierId: dossierIdSchema,
  procedureCode: z.string().min(1).max(40),
  applicant: applicantSchema,
  reason: noteText.min(1),
})
export type RefuseIntake = z.infer<typeof refuseIntake>

const startProcessing = z.object({
  type: z.literal('start-processing'),
  dossierId: dossierIdSchema,
  note: noteText.optional(),
})
export type StartProcessing = z.infer<typeof startProcessing>

const finishDossier = z.object({
  type: z.literal('finish-dossier'),
  dossierId: dossierIdSchema,
  deliverable: deliverableSchema,
  note: noteText.optional(),
})
export type FinishDossier = z.infer<typeof finishDossier>

const handOver = z.object({
  type: z.literal('hand-over'),
  dossierId: dossierIdSchema,
  recipient: recipientSchema,
  method: z.enum(['counter', 'postal']),
  note: noteText.optional(),
})
export type HandOver = z.infer<typeof handOver>

const addNote = z.object({ type: z.literal('add-note'), dossierId: dossierIdSchema, text: noteText.min(1) })
export type AddNote = z.infer<typeof addNote>

const correctDossier = z.object({
  type: z.literal('correct-dossier'),
  dossierId: dossierIdSchema,
  changes: fieldChangesSchema,
  reason: noteText.optional(),
  /** The returned event this is the officer's answer to. */
  resolves: eventIdSchema.optional(),
})
export type CorrectDossier = z.infer<typeof correctDossier>

const withdrawReturned = z.object({
  type: z.literal('withdraw-returned'),
  dossierId: dossierIdSchema,
  resolves: eventIdSchema,
  returnedType: z.string().max(64),
  note: noteText.optional(),
})
export type WithdrawReturned = z.infer<typeof withdrawReturned>

const closeFinding = z.object({
  type: z.literal('close-finding'),
  dossierId: dossierIdSchema,
  /** The event the finding is about. */
  findingOf: eventIdSchema,
  note: noteText.min(1),
})
export type CloseFinding = z.infer<typeof closeFinding>

/** What an officer may want. The officer's identity is never part of it: main knows who is signed in. */
export const commandSchema = z.discriminatedUnion('type', [
  receiveDossier,
  refuseIntake,
  startProcessing,
  finishDossier,
  handOver,
  addNote,
  correctDossier,
  withdrawReturned,
  closeFinding,
])
export type Command = z.infer<typeof commandSchema>
export type CommandType = Command['type']
