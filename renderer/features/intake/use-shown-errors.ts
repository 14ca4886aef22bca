import { useFormContext, useFormState } from 'react-hook-form'
import type { FormValues } from '../../forms/field-name.ts'
import { applicantGroup, declarationGroup, delegateGroup } from './applicant/applicant-fields.ts'
import type { Section } from './check-intake.ts'

const sectionOfGroup: Readonly<Record<string, Section>> = {
  [applicantGroup.person]: 'applicant',
  [applicantGroup.organisation]: 'applicant',
  [delegateGroup]: 'applicant',
  [declarationGroup]: 'declaration',
  documents: 'documents',
  fee: 'fee',
  due: 'fee',
}

/** How many errors stand at fields, by part of the screen. */
export function useShownErrors(): Readonly<Partial<Record<Section, number>>> {
  const { control } = useFormContext<FormValues>()
  const { errors } = useFormState({ control })
  const counts: Partial<Record<Section, number>> = {}
  for (const name of Object.keys(errors)) {
    const section = sectionOfGroup[name.split('/')[0] ?? '']
    if (section) counts[section] = (counts[section] ?? 0) + 1
  }
  return counts
}
