import type { Procedure, RequiredDocument } from '../../../../shared/law/procedure.ts'
import { t } from '../../../text/t.ts'
import { Tag } from '../../../ui/tag.tsx'
import { usePreview } from '../preview/preview-context.ts'
import { documentKey } from './document-fields.ts'
import { DocumentRow } from './document-row.tsx'
import styles from './documents.module.css'
import type { Uploads } from './use-uploads.ts'

interface RequiredDocumentRowProps {
  readonly procedure: Procedure
  readonly document: RequiredDocument
  readonly uploads: Uploads
  readonly isMissing: boolean
}

export function RequiredDocumentRow({ procedure, document, uploads, isMissing }: RequiredDocumentRowProps) {
  const { name, mandatory, condition, note, mode } = document
  return (
    <DocumentRow
      documentKey={documentKey(procedure.code, document.id)}
      name={name}
      originals={document.originals}
      copies={document.copies}
      uploads={uploads}
      isMissing={isMissing}
      asReceived={document.scanAsReceived}
    >
      <div className={styles.title}>
        <span className={styles.name}>{name}</span>
        {isMissing && <Tag tone="gold">{t('intake.documents.notYet')}</Tag>}
        {!mandatory && <Tag tone="plain">{t('intake.documents.optional')}</Tag>}
        {mode === 'present' && <Tag tone="blue">{t('intake.documents.present')}</Tag>}
      </div>
      {condition && <p className={styles.remark}>{condition}</p>}
      <AlternativeRemark procedure={procedure} document={document} />
      {note && <p className={styles.remark}>{note}</p>}
    </DocumentRow>
  )
}

/** One document of a group is enough: says which others would do. */
function AlternativeRemark({ procedure, document }: Pick<RequiredDocumentRowProps, 'procedure' | 'document'>) {
  const taken = usePreview((preview) => preview.taken)
  if (document.alternativeGroup === undefined) return null
  const others = procedure.documents.filter(
    ({ id, alternativeGroup }) => alternativeGroup === document.alternativeGroup && id !== document.id,
  )
  if (others.length === 0) return null
  const isSatisfied = others.some(({ id }) => taken.has(id))
  return (
    <p className={styles.remark}>
      {isSatisfied
        ? t('intake.documents.alternativesSatisfied')
        : t('intake.documents.alternatives', { names: others.map(({ name }) => name).join('; ') })}
    </p>
  )
}
