import { Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useEffectEvent, useLayoutEffect } from 'react'
import { useFormContext } from 'react-hook-form'
import type { FormValues } from '../../../forms/field-name.ts'
import { focusField } from '../../../forms/move-on.ts'
import { t } from '../../../text/t.ts'
import { useIntake } from '../intake-context.ts'
import { documentField } from './document-fields.ts'
import { DocumentRow } from './document-row.tsx'
import styles from './documents.module.css'
import type { Uploads } from './use-uploads.ts'

/** Papers the citizen brought that no rule asks for. */
export function ExtraDocuments({ uploads }: { readonly uploads: Uploads }) {
  const { extraDocuments, setExtraDocuments } = useIntake()
  const { setValue } = useFormContext<FormValues>()

  function add(): void {
    const ordinal = Math.max(0, ...extraDocuments.map((id) => Number(id.replace('extra-', '')))) + 1
    const id = `extra-${ordinal}`
    setValue(documentField(id, 'state'), 'copy')
    setValue(documentField(id, 'originals'), '0')
    setValue(documentField(id, 'copies'), '1')
    setExtraDocuments([...extraDocuments, id])
  }

  return (
    <>
      {extraDocuments.map((id, index) => (
        <ExtraDocument
          key={id}
          id={id}
          ordinal={index + 1}
          uploads={uploads}
          onRemove={() => setExtraDocuments(extraDocuments.filter((known) => known !== id))}
        />
      ))}
      <li className={styles.add}>
        <Button
          variant="default"
          h={28}
          px={8}
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={add}
        >
          {t('intake.documents.addExtra')}
        </Button>
      </li>
    </>
  )
}

interface ExtraDocumentProps {
  readonly id: string
  readonly ordinal: number
  readonly uploads: Uploads
  readonly onRemove: () => void
}

function ExtraDocument({ id, ordinal, uploads, onRemove }: ExtraDocumentProps) {
  const { register, getValues } = useFormContext<FormValues>()
  const field = documentField(id, 'name')
  const label = `${t('intake.documents.extraName')} ${ordinal}`

  const focusWhenNew = useEffectEvent(() => {
    if (!getValues(field)) focusField(document, field)
  })
  useLayoutEffect(() => focusWhenNew(), [])

  return (
    <DocumentRow documentKey={id} name={label} originals={0} copies={1} uploads={uploads} isMissing={false}>
      <div className={styles.title}>
        <input
          className={styles.note}
          autoComplete="off"
          spellCheck={false}
          aria-label={label}
          placeholder={t('intake.documents.extraName')}
          {...register(field)}
        />
        <button
          type="button"
          className={styles.remove}
          aria-label={t('intake.documents.removeExtra', { name: label })}
          onClick={onRemove}
        >
          <IconX size={14} aria-hidden />
        </button>
      </div>
    </DocumentRow>
  )
}
