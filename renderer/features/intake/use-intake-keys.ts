import { useEffect, useEffectEvent, useState } from 'react'
import { useFormContext } from 'react-hook-form'
import type { FormValues } from '../../forms/field-name.ts'
import { t } from '../../text/t.ts'
import { isDialogOpen } from '../../ui/dialog-open.ts'
import { type CopyOutcome, copyApplicant } from './applicant/copy-applicant.ts'
import { sections } from './check-intake.ts'
import type { Undo } from './draft/use-undo.ts'
import { focusSection } from './focus-section.ts'
import { useIntake } from './intake-context.ts'
import { useReceive } from './submit/receive-context.ts'

/**
 * Keys of this screen: Ctrl 1–5 part · Ctrl Enter receive and print · F4 copy the applicant · Ctrl Z undo a big change.
 * Returns what F4 has to say, until the next key.
 */
export function useIntakeKeys(undo: Undo): string {
  const intake = useIntake()
  const form = useFormContext<FormValues>()
  const { receive } = useReceive()
  const [message, setMessage] = useState('')

  function copyPerson(): void {
    setMessage(describeCopy(copyApplicant(form, intake)))
  }

  function act(event: KeyboardEvent): boolean {
    const { root } = intake
    const section = event.ctrlKey && !event.altKey ? sections[Number(event.key) - 1] : undefined
    if (section && root.current) focusSection(root.current, section)
    else if (event.ctrlKey && event.key === 'Enter') receive()
    else if (event.key === 'F4' && !event.altKey) copyPerson()
    else if (event.ctrlKey && !event.shiftKey && event.key === 'z' && undo.isLatest()) undo.undo()
    else return false
    return true
  }

  const handleKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || isDialogOpen()) return
    if (act(event)) event.preventDefault()
    else if (message !== '') setMessage('')
  })
  useEffect(() => {
    window.addEventListener('keydown', handleKey)
    return () => window.removeEventListener('keydown', handleKey)
  }, [])
  return message
}

function describeCopy(copied: CopyOutcome): string {
  switch (copied.kind) {
    case 'copied':
      return t('intake.applicant.copied', { section: copied.section })
    case 'nowhere':
      return t('intake.applicant.copyNowhere')
    case 'empty':
      return t('intake.applicant.copyEmpty')
  }
}
