import { IconPaperclip } from '@tabler/icons-react'
import { useState } from 'react'
import { type Dossier, receptionOf } from '../../../shared/domain/dossier.ts'
import type { Scan, SubmittedDocument } from '../../../shared/domain/submitted-document.ts'
import { desk } from '../../app/desk.ts'
import { describeFailure, type Notice } from '../../text/describe-refusal.ts'
import { formatBytes } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { Tag } from '../../ui/tag.tsx'

/** Giấy tờ: what was handed in or shown, and its scans. */
export function DocumentsCard({ dossier }: { readonly dossier: Dossier }) {
  const [notice, setNotice] = useState<Notice>()
  const documents = receptionOf(dossier)?.documents
  if (!documents) return null

  async function open({ sha256, mediaType, name }: Scan): Promise<void> {
    const answer = await desk('attachments.open', { sha256, mediaType, name })
    setNotice(answer.ok ? undefined : describeFailure(answer.error))
  }

  return (
    <section className="card pad" aria-labelledby="documents-title">
      <div className="head">
        <h2 id="documents-title">{t('dossier.documents')}</h2>
        {documents.length > 0 ? (
          <Tag tone="green">{t('dossier.documentsCount', { count: documents.length })}</Tag>
        ) : null}
      </div>
      {notice ? <NoticeBox notice={notice} /> : null}
      {documents.length === 0 ? <p className="muted">{t('dossier.noDocuments')}</p> : null}
      <ul className="documents">
        {documents.map((document) => (
          <li key={document.documentId}>
            <span className="document-name">
              <IconPaperclip size={15} aria-hidden />
              {document.name}
              {document.note ? <small>{document.note}</small> : null}
            </span>
            <span>{t(`statuses.document.${document.state}`)}</span>
            <span className="muted">{scansText(document)}</span>
            <span className="document-scans">
              {document.scans.map((scan) => (
                <button
                  key={scan.sha256}
                  type="button"
                  className="link"
                  aria-label={t('dossier.openScanLabel', { name: scan.name })}
                  title={scan.name}
                  onClick={() => void open(scan)}
                >
                  {t('dossier.openScan')}
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function scansText({ scans }: SubmittedDocument): string {
  if (scans.length === 0) return t('dossier.noScan')
  const bytes = scans.reduce((sum, scan) => sum + scan.bytes, 0)
  return t('dossier.scanCount', { count: scans.length, bytes: formatBytes(bytes) })
}
