import type { KeyboardEvent } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { type DocumentState, documentStates } from '../../../../shared/domain/submitted-document.ts'
import type { FormValues } from '../../../forms/field-name.ts'
import { t } from '../../../text/t.ts'
import { documentField, proposedCounts } from './document-fields.ts'
import styles from './documents.module.css'

export interface DocumentStatePickerProps {
  readonly documentKey: string
  readonly name: string
  /** What the law asks for. */
  readonly originals: number
  readonly copies: number
}

/** The five states as radios: arrows as everywhere, 1–5 to choose, 0 to take back. */
export function DocumentStatePicker({ documentKey, name, originals, copies }: DocumentStatePickerProps) {
  const { setValue } = useFormContext<FormValues>()
  const field = documentField(documentKey, 'state')
  const chosen = useWatch<FormValues>({ name: field })

  function choose(state: DocumentState | undefined): void {
    setValue(field, state ?? '')
    const counts = state ? proposedCounts({ originals, copies }, state) : { originals: 0, copies: 0 }
    setValue(documentField(documentKey, 'originals'), String(counts.originals))
    setValue(documentField(documentKey, 'copies'), String(counts.copies))
  }

  function handleKeys(event: KeyboardEvent<HTMLElement>): void {
    if (event.ctrlKey || event.altKey || !/^[0-5]$/.test(event.key)) return
    event.preventDefault()
    const state = documentStates[Number(event.key) - 1]
    choose(state)
    if (!state) return
    const radios = event.currentTarget.querySelectorAll<HTMLInputElement>('input[type=radio]')
    radios[documentStates.indexOf(state)]?.focus()
  }

  return (
    <div
      className={styles.states}
      role="radiogroup"
      aria-label={t('intake.documents.state', { name })}
      onKeyDown={handleKeys}
    >
      {documentStates.map((state) => (
        <label key={state} className={styles.state} title={t(`intake.documents.stateTitles.${state}`)}>
          <input
            type="radio"
            name={field}
            value={state}
            checked={chosen === state}
            aria-label={t(`intake.documents.stateTitles.${state}`)}
            onChange={() => choose(state)}
          />
          <span aria-hidden>{t(`intake.documents.states.${state}`)}</span>
        </label>
      ))}
    </div>
  )
}
