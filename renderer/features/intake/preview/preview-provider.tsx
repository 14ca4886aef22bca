import type { ReactNode } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { useReference } from '../../../store/use-reference.ts'
import type { FormValues } from '../../../forms/field-name.ts'
import { useIntake } from '../intake-context.ts'
import { useDeskNow } from '../use-desk-now.ts'
import { buildPreview } from './build-preview.ts'
import { emptyPreview, PreviewContext } from './preview-context.ts'

/** Follows every key, but only what reads the preview renders again: the fields are passed through as they are. */
export function PreviewProvider({ children }: { readonly children: ReactNode }) {
  const { control } = useFormContext<FormValues>()
  useWatch({ control })
  const { procedure, snapshot } = useIntake()
  const { calendar } = useReference()
  const now = useDeskNow()
  const preview = procedure ? buildPreview(snapshot(), procedure, calendar, now) : { ...emptyPreview, now }
  return <PreviewContext value={preview}>{children}</PreviewContext>
}
