import { z } from 'zod'
import { textSchema } from '../core/schemas.ts'

const name = textSchema(200).min(1)
const line = textSchema(500)

/** The person who files (người nộp). Officers cannot refuse a name, so only emptiness and length are checked. */
const personSchema = z.object({
  kind: z.literal('person'),
  name,
  personalId: line.optional(),
  /** EDTF: the day, the month or only the year may be known. */
  bornOn: z.string().max(10).optional(),
  gender: z.enum(['male', 'female']).optional(),
  phone: line.optional(),
  email: line.optional(),
  address: line.optional(),
})

const organisationSchema = z.object({
  kind: z.literal('organisation'),
  name,
  taxCode: line.optional(),
  representative: line.optional(),
  phone: line.optional(),
  email: line.optional(),
  address: line.optional(),
})

/** The applicant (người nộp, chủ hồ sơ). */
export const applicantSchema = z.discriminatedUnion('kind', [personSchema, organisationSchema])
export type Applicant = z.infer<typeof applicantSchema>

/** Someone who files for the applicant (người được ủy quyền). */
export const delegateSchema = z.object({
  name,
  personalId: line.optional(),
  phone: line.optional(),
  /** The paper that gives the authority: "Giấy ủy quyền ngày 10/08/2022". */
  authority: line.optional(),
})
export type Delegate = z.infer<typeof delegateSchema>
