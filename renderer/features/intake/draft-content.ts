import { z } from 'zod'
import type { CommandId, DossierId, DraftId } from '../../../shared/core/ids.ts'
import { commandIdSchema, dossierIdSchema } from '../../../shared/core/schemas.ts'
import type { Instant } from '../../../shared/core/time.ts'
import { scanSchema } from '../../../shared/domain/submitted-document.ts'
import type { DraftContent, DraftView } from '../../../shared/ipc/view.ts'
import { newCommandId, newDossierId, newDraftId } from '../../app/new-id.ts'
import type { FormValues } from '../../forms/field-name.ts'

export const draftVersion = 1

const attachedScanSchema = scanSchema.extend({
  pages: z.int().min(1).optional(),
  /** Size of the picture before it was reduced. */
  originalBytes: z.int().min(1).optional(),
})
/** A scan beside what only this screen knows of it. */
export type AttachedScan = z.infer<typeof attachedScanSchema>

/** What a draft holds. Unknown keys are left alone and unreadable parts fall away: a newer app may have written it. */
const contentSchema = z.object({
  version: z.int(),
  dossierId: dossierIdSchema,
  commandId: commandIdSchema,
  procedureCode: z.string().optional().catch(undefined),
  values: z.record(z.string(), z.string()).catch({}),
  scans: z.record(z.string(), z.array(attachedScanSchema)).catch({}),
  extraDocuments: z.array(z.string()).catch([]),
  focusedField: z.string().optional().catch(undefined),
  scrollTop: z.number().catch(0),
})

/** One intake from its first key to its receipt. `commandId` is made once, so that a retry is the same command. */
export interface IntakeSession {
  readonly draftId: DraftId
  readonly dossierId: DossierId
  readonly commandId: CommandId
  readonly procedureCode?: string
  readonly values: FormValues
  readonly scans: Readonly<Record<string, readonly AttachedScan[]>>
  readonly extraDocuments: readonly string[]
  readonly focusedField?: string
  readonly scrollTop: number
  /** When the draft this session came from was saved. */
  readonly reopenedFrom?: Instant
}

export function newSession(procedureCode?: string): IntakeSession {
  return {
    draftId: newDraftId(),
    dossierId: newDossierId(),
    commandId: newCommandId(),
    ...(procedureCode ? { procedureCode } : {}),
    values: {},
    scans: {},
    extraDocuments: [],
    scrollTop: 0,
  }
}

/** Undefined when a newer version wrote it in another shape: such a draft is left untouched. */
export function readDraft(draft: Pick<DraftView, 'id' | 'content' | 'savedAt'>): IntakeSession | undefined {
  const content = contentSchema.safeParse(draft.content)
  if (!content.success || content.data.version > draftVersion) return undefined
  const { version: _version, ...session } = content.data
  return { ...session, draftId: draft.id, reopenedFrom: draft.savedAt }
}

/** `summary` is for lists of drafts; they need not know the form. */
export function draftContentOf(session: IntakeSession): DraftContent {
  const { draftId: _draftId, reopenedFrom: _reopenedFrom, ...content } = session
  const applicantName = session.values['applicant/name'] ?? session.values['organisation/name'] ?? ''
  return { version: draftVersion, ...content, summary: { procedureCode: session.procedureCode ?? '', applicantName } }
}
