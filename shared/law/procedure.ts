import { z } from 'zod'
import { clockTimeSchema, isoDateSchema, vndSchema } from '../core/schemas.ts'
import { declarationFormSchema } from './declaration-form.ts'

/**
 * How long a procedure may take. Working days unless the text says otherwise (NĐ 61/2018/NĐ-CP Điều 19).
 * `entered` means that the time could not be verified: the officer enters the date and it is marked so.
 */
export const processingTimeSchema = z.discriminatedUnion('rule', [
  /** The result the same day; after the cut-off the next working day (Luật Hộ tịch Điều 5 k3, NĐ 23/2015/NĐ-CP). */
  z.object({ rule: z.literal('same-day'), cutoff: clockTimeSchema }),
  z.object({ rule: z.literal('working-days'), days: z.number().min(0.5).max(366).multipleOf(0.5) }),
  z.object({ rule: z.literal('calendar-days'), days: z.int().min(1).max(3660) }),
  z.object({ rule: z.literal('working-hours'), hours: z.int().min(1).max(200) }),
  /** One overall due date made of stages at several agencies. */
  z.object({
    rule: z.literal('staged'),
    stages: z.array(z.object({ name: z.string(), days: z.int().min(0).max(366) })).min(1),
  }),
  z.object({ rule: z.literal('entered') }),
])
export type ProcessingTime = z.infer<typeof processingTimeSchema>

/** One part of a fee. With `when` it is due only if the declaration holds one of these values. */
const feePart = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ ...shape, when: z.object({ key: z.string(), oneOf: z.array(z.string()).min(1) }).optional() })

const feeParts = [
  feePart({ rule: z.literal('free') }),
  feePart({ rule: z.literal('per-case'), amountVnd: vndSchema }),
  feePart({
    rule: z.literal('per-item'),
    amountVnd: vndSchema,
    /** What is counted: "bản sao". */
    item: z.string(),
    quantityField: z.string(),
    /** True when an empty quantity means none: copies that need not be asked for. */
    optional: z.boolean().optional(),
  }),
  /** Certified copies: a price for the first pages, another for the rest, a ceiling for each copy (TT 226/2016/TT-BTC). */
  feePart({
    rule: z.literal('per-page'),
    firstPages: z.int(),
    firstPageVnd: vndSchema,
    nextPageVnd: vndSchema,
    maxPerCopyVnd: vndSchema,
    pagesField: z.string(),
    copiesField: z.string(),
  }),
  feePart({ rule: z.literal('entered') }),
] as const

export const feePartSchema = z.discriminatedUnion('rule', feeParts)
export type FeePart = z.infer<typeof feePartSchema>

/**
 * How a fee is counted. `entered`: the amount is set by the provincial council and unknown here.
 * `sum`: parts side by side, such as a late registration and the copies asked for; when no part applies nothing is due.
 */
export const feeRuleSchema = z.discriminatedUnion('rule', [
  ...feeParts,
  z.object({ rule: z.literal('sum'), parts: z.array(feePartSchema).min(1) }),
])
export type FeeRule = z.infer<typeof feeRuleSchema>

/** A required document (thành phần hồ sơ). */
export const requiredDocumentSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Documents that are presented are checked and given back: no copy may be demanded. */
  mode: z.enum(['submit', 'present']),
  originals: z.int(),
  copies: z.int(),
  mandatory: z.boolean(),
  condition: z.string().optional(),
  note: z.string().optional(),
  /** One document of a group is enough. */
  alternativeGroup: z.string().optional(),
  /** Its scan is itself what is certified or judged: kept as the scanner made it, never reduced. */
  scanAsReceived: z.boolean().optional(),
})
export type RequiredDocument = z.infer<typeof requiredDocumentSchema>

/** A procedure (thủ tục hành chính) in one dated version. A dossier keeps the version it was received under. */
export const procedureSchema = z.object({
  /** Opaque: new ranges and local suffixes exist. */
  code: z.string().min(1).max(40),
  version: z.int().min(1),
  name: z.string(),
  /** A name short enough for a list; the full name when absent. */
  shortName: z.string().optional(),
  sector: z.string(),
  effectiveFrom: isoDateSchema,
  effectiveTo: isoDateSchema.optional(),
  competentAuthority: z.string(),
  processing: processingTimeSchema,
  processingText: z.string(),
  fee: feeRuleSchema,
  feeText: z.string(),
  exemptions: z.array(z.string()),
  legalBasis: z.array(z.string()),
  documents: z.array(requiredDocumentSchema),
  form: declarationFormSchema,
  channels: z.array(z.enum(['direct', 'online', 'postal'])),
  deliverable: z.object({ name: z.string(), code: z.string().optional() }),
  registerName: z.string().optional(),
  /** How sure we are of time, fee and documents; anything but `verified` is shown beside the fact. */
  confidence: z.enum(['verified', 'partly', 'from-memory']),
  notes: z.string().optional(),
  sources: z.array(z.string()),
})
export type Procedure = z.infer<typeof procedureSchema>

export const catalogueSchema = z.object({ version: z.int().min(1), procedures: z.array(procedureSchema) })
export type Catalogue = z.infer<typeof catalogueSchema>

/** The version of a procedure in force on a day. */
export function findProcedure(catalogue: Catalogue, code: string, on: string): Procedure | undefined {
  return catalogue.procedures.find(
    (procedure) =>
      procedure.code === code &&
      procedure.effectiveFrom <= on &&
      (procedure.effectiveTo === undefined || on <= procedure.effectiveTo),
  )
}

/** The very version a dossier was received under, whatever is in force now. */
export function findProcedureVersion(catalogue: Catalogue, code: string, version: number): Procedure | undefined {
  return catalogue.procedures.find((procedure) => procedure.code === code && procedure.version === version)
}
