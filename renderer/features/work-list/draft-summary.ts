import { z } from 'zod'
import type { DraftView } from '../../../shared/ipc/view.ts'

/** What the intake screen says about a draft for lists; its form stays its own business. */
const summarySchema = z.object({
  summary: z.object({ procedureCode: z.string().catch(''), applicantName: z.string().catch('') }),
})

export interface DraftSummary {
  readonly procedureCode: string
  readonly applicantName: string
}

export function summariseDraft(draft: DraftView): DraftSummary {
  const read = summarySchema.safeParse(draft.content)
  return read.success ? read.data.summary : { procedureCode: '', applicantName: '' }
}
