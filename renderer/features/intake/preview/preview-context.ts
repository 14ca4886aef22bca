import { createContext, useContext } from 'react'
import type { Instant } from '../../../../shared/core/time.ts'
import type { Applicant, Delegate } from '../../../../shared/domain/applicant.ts'
import type { DueDate } from '../../../../shared/domain/due-date.ts'
import type { Fee } from '../../../../shared/domain/fee.ts'
import type { SubmittedDocument } from '../../../../shared/domain/submitted-document.ts'
import type { Section } from '../check-intake.ts'

/** The receipt as it would be now. A look ahead only: main decides, and gives the number. */
export interface Preview {
  readonly now: Instant
  readonly applicant?: Applicant
  readonly delegate?: Delegate
  readonly documents: readonly SubmittedDocument[]
  /** Ids of required documents that are accounted for. */
  readonly taken: ReadonlySet<string>
  readonly missing: ReadonlySet<string>
  readonly problems: number
  readonly done: ReadonlySet<Section>
  /** Undefined while a quantity or an amount is open. */
  readonly fee?: Fee
  readonly needsEnteredFee: boolean
  readonly due?: DueDate
  /** When the officer entered it. */
  readonly enteredDueAt?: Instant
  readonly delivery: 'counter' | 'postal'
}

export const emptyPreview: Preview = {
  now: '',
  documents: [],
  taken: new Set(),
  missing: new Set(),
  problems: 0,
  done: new Set(),
  needsEnteredFee: false,
  delivery: 'counter',
}

export const PreviewContext = createContext(emptyPreview)

export function usePreview(): Preview {
  return useContext(PreviewContext)
}
