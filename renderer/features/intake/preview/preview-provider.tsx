import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react'
import { useFormContext } from 'react-hook-form'
import type { FormValues } from '../../../forms/field-name.ts'
import { createCell } from '../../../store/cell.ts'
import { useMinute } from '../../../store/desk-clock.ts'
import { useReference } from '../../../store/use-reference.ts'
import { useIntake } from '../intake-context.ts'
import { buildPreview } from './build-preview.ts'
import { emptyPreview, keepSameParts, PreviewContext } from './preview-context.ts'

/** Follows the form one frame behind, so that no key waits for it: checking a whole declaration is slower than a letter. */
export function PreviewProvider({ children }: { readonly children: ReactNode }) {
  const form = useFormContext<FormValues>()
  const { procedure, snapshot, scans, extraDocuments } = useIntake()
  const { calendar } = useReference()
  const now = useMinute()
  const [cell] = useState(() => createCell(emptyPreview))

  const refresh = useEffectEvent((): void => {
    const next = procedure ? buildPreview(snapshot(), procedure, calendar, now) : { ...emptyPreview, now }
    cell.set(keepSameParts(cell.get(), next))
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these changes what the receipt would say.
  useLayoutEffect(() => refresh(), [procedure, calendar, now, scans, extraDocuments])

  useEffect(() => {
    let frame: number | undefined
    const stop = form.subscribe({
      formState: { values: true },
      callback: () => {
        frame ??= requestAnimationFrame(() => {
          frame = undefined
          setTimeout(refresh)
        })
      },
    })
    return () => {
      stop()
      if (frame !== undefined) cancelAnimationFrame(frame)
    }
  }, [form])

  return <PreviewContext value={cell}>{children}</PreviewContext>
}
