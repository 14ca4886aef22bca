import { useEffectEvent, useLayoutEffect } from 'react'
import { useFormContext } from 'react-hook-form'
import type { FormValues } from '../../../forms/field-name.ts'
import { focusField } from '../../../forms/move-on.ts'
import { t } from '../../../text/t.ts'
import { documentField } from './document-fields.ts'
import styles from './documents.module.css'

interface DetailProps {
  readonly documentKey: string
  readonly name: string
}

export function CountField({ documentKey, part, name }: DetailProps & { readonly part: 'originals' | 'copies' }) {
  const { register } = useFormContext<FormValues>()
  return (
    <label className={styles.count}>
      <span aria-hidden>{t(`intake.documents.${part}`)}</span>
      <input
        inputMode="numeric"
        autoComplete="off"
        aria-label={t(`intake.documents.${part}Of`, { name })}
        {...register(documentField(documentKey, part))}
      />
    </label>
  )
}

export function NoteField({ documentKey, name, isNew }: DetailProps & { readonly isNew: boolean }) {
  const { register } = useFormContext<FormValues>()
  const field = documentField(documentKey, 'note')

  const focusWhenNew = useEffectEvent(() => {
    if (isNew) focusField(document, field)
  })
  useLayoutEffect(() => focusWhenNew(), [])

  return (
    <div data-enter-skips="">
      <input
        className={styles.note}
        autoComplete="off"
        spellCheck={false}
        aria-label={t('intake.documents.noteOf', { name })}
        placeholder={t('intake.documents.note')}
        {...register(field)}
      />
    </div>
  )
}
