import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Instant } from '../../../../shared/core/time.ts'
import type { Applicant, Delegate } from '../../../../shared/domain/applicant.ts'
import type { DueDate } from '../../../../shared/domain/due-date.ts'
import type { Fee } from '../../../../shared/domain/fee.ts'
import type { SubmittedDocument } from '../../../../shared/domain/submitted-document.ts'
import { type Cell, createCell } from '../../../store/cell.ts'
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

export const PreviewContext = createContext<Cell<Preview>>(createCell(emptyPreview))

/** One part of the preview; what reads it renders again only when that part changed. */
export function usePreview<T>(part: (preview: Preview) => T): T {
  const cell = useContext(PreviewContext)
  return useSyncExternalStore(cell.subscribe, () => part(cell.get()))
}

/** The next preview, with every part that says the same kept as it was. */
export function keepSameParts(previous: Preview, next: Preview): Preview {
  const kept = Object.entries(next).map(([key, value]) => {
    const before: unknown = previous[key as keyof Preview]
    return [key, textOf(before) === textOf(value) ? before : value]
  })
  return Object.fromEntries(kept) as Preview
}

function textOf(part: unknown): string | undefined {
  return JSON.stringify(part instanceof Set ? [...part] : part)
}
