import { createContext, useContext } from 'react'
import type { FieldKind } from '../../shared/law/declaration-form.ts'

/** What the fields of a form ask of the screen they stand on. */
export interface FormChecks {
  /** What is wrong with a field, in words; undefined when nothing is. */
  readonly problemOf: (name: string) => string | undefined
  /** Something odd that may stand (R12). */
  readonly remarkOn: (name: string) => string | undefined
  /** Values worth offering: from the catalogue and from what this desk typed lately. */
  readonly offersFor: (name: string, kind: FieldKind) => readonly string[]
  /** Fields filled by a scan and not yet confirmed. */
  readonly scanned: ReadonlySet<string>
  /** The officer changed a field by hand. */
  readonly onTyped: (name: string) => void
  readonly onLeft: (name: string, kind: FieldKind, value: string) => void
}

export const FormChecksContext = createContext<FormChecks>({
  problemOf: () => undefined,
  remarkOn: () => undefined,
  offersFor: () => [],
  scanned: new Set(),
  onTyped: () => undefined,
  onLeft: () => undefined,
})

export function useFormChecks(): FormChecks {
  return useContext(FormChecksContext)
}
