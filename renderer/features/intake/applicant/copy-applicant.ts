import type { UseFormReturn } from 'react-hook-form'
import type { FormValues } from '../../../forms/field-name.ts'
import type { Intake } from '../intake-context.ts'
import { applicantOf } from '../submit/build-command.ts'
import { fillsFor, findPersonBlock } from './card-fill.ts'

export type CopyOutcome =
  | { readonly kind: 'copied'; readonly section: string }
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'empty' }

/** F4: the applicant is often also the mother, the husband, the deceased's son. Copies into the focused person's block. */
export function copyApplicant(form: UseFormReturn<FormValues>, intake: Intake): CopyOutcome {
  const focused = document.activeElement?.getAttribute('name') ?? undefined
  const block = findPersonBlock(focused, intake.procedure)
  if (!block) return { kind: 'nowhere' }
  const applicant = applicantOf(form.getValues())
  if (applicant.kind !== 'person') return { kind: 'empty' }
  const { kind: _kind, ...facts } = applicant
  const fills = fillsFor(facts, block)
  if (fills.length === 0) return { kind: 'empty' }
  intake.rememberForUndo()
  for (const { name, value } of fills) {
    form.setValue(name, value)
    form.clearErrors(name)
  }
  return { kind: 'copied', section: block.title ?? '' }
}
