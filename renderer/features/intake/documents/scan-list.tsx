import { IconPaperclip, IconX } from '@tabler/icons-react'
import { maxScanBytes, maxScansPerDossier } from '../../../../shared/domain/submitted-document.ts'
import { desk } from '../../../app/desk.ts'
import { useThumbnail } from '../../../scans/thumbnails.ts'
import { describeFailure } from '../../../text/describe-refusal.ts'
import { formatBytes } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'
import type { AttachedScan } from '../draft-content.ts'
import { useIntake } from '../intake-context.ts'
import styles from './documents.module.css'
import type { Upload, Uploads } from './use-uploads.ts'

/** Scans taken, files on their way, and files that were not taken with the reason. */
export function ScanList({ documentKey, uploads }: { readonly documentKey: string; readonly uploads: Uploads }) {
  const { scans, setScans } = useIntake()
  const taken = scans[documentKey] ?? []
  const own = uploads.uploads.filter(({ key }) => key === documentKey)
  if (taken.length === 0 && own.length === 0) return null
  return (
    <ul className={styles.scans}>
      {taken.map((scan) => (
        <TakenScan
          key={scan.sha256}
          scan={scan}
          onRemove={() => setScans(documentKey, (known) => known.filter(({ sha256 }) => sha256 !== scan.sha256))}
        />
      ))}
      {own.map((upload) => (
        <UploadLine key={upload.id} upload={upload} onDismiss={() => uploads.dismiss(upload.id)} />
      ))}
    </ul>
  )
}

function TakenScan({ scan, onRemove }: { readonly scan: AttachedScan; readonly onRemove: () => void }) {
  const { name, sha256, mediaType, bytes, pages, originalBytes } = scan
  const thumbnail = useThumbnail(scan)
  return (
    <li className={styles.scan}>
      <button
        type="button"
        className={styles.open}
        aria-label={t('intake.documents.openScan', { file: name })}
        onClick={() => void desk('attachments.open', { sha256, mediaType, name })}
      >
        {thumbnail ? (
          <img className={styles.thumbnail} src={thumbnail} alt="" />
        ) : (
          <IconPaperclip size={13} aria-hidden />
        )}{' '}
        {name}
      </button>
      <span className={styles.size}>
        {pages ? `${t('intake.documents.pages', { count: pages })}, ` : ''}
        {formatBytes(bytes)}
        {originalBytes ? ` (${t('intake.documents.reducedFrom', { bytes: formatBytes(originalBytes) })})` : ''}
      </span>
      <button
        type="button"
        className={styles.remove}
        aria-label={t('intake.documents.removeScan', { file: name })}
        onClick={onRemove}
      >
        <IconX size={14} aria-hidden />
      </button>
    </li>
  )
}

function UploadLine({ upload, onDismiss }: { readonly upload: Upload; readonly onDismiss: () => void }) {
  const { fileName: file, bytes, sentBytes, failure } = upload
  if (!failure) {
    const percent = bytes === 0 ? 0 : Math.round((100 * sentBytes) / bytes)
    return (
      <li className={styles.uploading}>
        <span>{t('intake.documents.uploading', { file, percent })}</span>
        <progress max={100} value={percent} aria-label={file} />
      </li>
    )
  }
  return (
    <li className={styles.refused} role="alert">
      <span>{refusalText(file, bytes, failure)}</span>
      <button
        type="button"
        className={styles.remove}
        aria-label={t('intake.documents.dismiss', { file })}
        onClick={onDismiss}
      >
        <IconX size={14} aria-hidden />
      </button>
    </li>
  )
}

/** Names the file and says why and what to do. */
function refusalText(file: string, bytes: number, failure: NonNullable<Upload['failure']>): string {
  switch (failure.code) {
    case 'attachment/too-large':
      return t('intake.documents.refused.too-large', { file, size: formatBytes(bytes), max: formatBytes(maxScanBytes) })
    case 'attachment/wrong-type':
      return t('intake.documents.refused.wrong-type', { file })
    case 'attachment/empty':
      return t('intake.documents.refused.empty', { file })
    case 'attachment/too-many':
      return t('intake.documents.refused.too-many', { file, max: maxScansPerDossier })
    default: {
      const { title, action } = describeFailure(failure)
      return t('intake.documents.uploadFailed', { file, reason: `${title} ${action}` })
    }
  }
}
