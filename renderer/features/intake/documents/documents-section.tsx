import { Button } from '@mantine/core'
import { useEffect, useEffectEvent } from 'react'
import { useFormContext } from 'react-hook-form'
import type { Procedure } from '../../../../shared/law/procedure.ts'
import type { FormValues } from '../../../forms/field-name.ts'
import { t } from '../../../text/t.ts'
import { announceStatus } from '../../../ui/status-announcer.ts'
import { Tag } from '../../../ui/tag.tsx'
import intakeStyles from '../intake.module.css'
import { useIntake } from '../intake-context.ts'
import { usePreview } from '../preview/preview-context.ts'
import { documentField, documentKey, openMandatory, proposedCounts, stateOf, usualState } from './document-fields.ts'
import styles from './documents.module.css'
import { ExtraDocuments } from './extra-documents.tsx'
import { RequiredDocumentRow } from './required-document-row.tsx'
import { useUploads } from './use-uploads.ts'

export function DocumentsSection({ procedure }: { readonly procedure: Procedure }) {
  const intake = useIntake()
  const missing = usePreview((preview) => preview.missing)
  const uploads = useUploads(intake)
  const markAll = useMarkAll(procedure)
  return (
    <section className={intakeStyles.section} data-section="documents" aria-labelledby="intake-documents" tabIndex={-1}>
      <header className={intakeStyles.sectionHead}>
        <h2 id="intake-documents">{t('intake.documents.heading')}</h2>
        {missing.size > 0 ? (
          <Tag tone="gold">{t('intake.documents.missing', { count: missing.size })}</Tag>
        ) : (
          <Tag tone="green">{t('intake.documents.complete')}</Tag>
        )}
        <span className={intakeStyles.aside}>
          <Button variant="default" h={28} px={8} size="xs" rightSection={<kbd>F6</kbd>} onClick={markAll}>
            {t('intake.documents.markAll')}
          </Button>
        </span>
      </header>
      <p className={intakeStyles.hint}>{t('intake.documents.keys')}</p>
      {procedure.documents.length === 0 && <p>{t('intake.documents.none')}</p>}
      <ul className={styles.rows}>
        {procedure.documents.map((document) => (
          <RequiredDocumentRow
            key={documentKey(procedure.code, document.id)}
            procedure={procedure}
            document={document}
            uploads={uploads}
            isMissing={missing.has(document.id)}
          />
        ))}
        <ExtraDocuments uploads={uploads} />
      </ul>
    </section>
  )
}

/** F6: everything mandatory was brought as the law asks; single rows can still be changed after. */
function useMarkAll(procedure: Procedure): () => void {
  const { getValues, setValue } = useFormContext<FormValues>()
  const { rememberForUndo } = useIntake()

  function markAll(): void {
    const values = getValues()
    const open = openMandatory(
      procedure.documents,
      ({ id }) => stateOf(values, documentKey(procedure.code, id)) !== undefined,
    )
    if (open.length === 0) return
    rememberForUndo()
    for (const document of open) {
      const key = documentKey(procedure.code, document.id)
      const state = usualState(document)
      const counts = proposedCounts(document, state)
      setValue(documentField(key, 'state'), state)
      setValue(documentField(key, 'originals'), String(counts.originals))
      setValue(documentField(key, 'copies'), String(counts.copies))
    }
    announceStatus(t('intake.documents.marked', { count: open.length }))
  }

  const handleKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.key !== 'F6' || document.querySelector('[role=dialog]')) return
    event.preventDefault()
    markAll()
  })
  useEffect(() => {
    window.addEventListener('keydown', handleKey)
    return () => window.removeEventListener('keydown', handleKey)
  }, [])
  return markAll
}
