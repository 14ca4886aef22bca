import { IconNote, IconPaperclip } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { useWatch } from 'react-hook-form'
import type { FormValues } from '../../../forms/field-name.ts'
import { t } from '../../../text/t.ts'
import { CountField, NoteField } from './document-details.tsx'
import { documentField } from './document-fields.ts'
import { DocumentStatePicker } from './document-state-picker.tsx'
import styles from './documents.module.css'
import { ScanList } from './scan-list.tsx'
import type { Uploads } from './use-uploads.ts'

interface DocumentRowProps {
  readonly documentKey: string
  readonly name: string
  readonly originals: number
  readonly copies: number
  readonly uploads: Uploads
  readonly isMissing: boolean
  /** Its scans are kept as they were scanned. */
  readonly asReceived?: boolean | undefined
  /** Name and remarks of the document. */
  readonly children: ReactNode
}

/** One document: how it came, how many, and its scans. Files may be dropped anywhere on it. */
export function DocumentRow({
  documentKey,
  name,
  originals,
  copies,
  uploads,
  isMissing,
  asReceived = false,
  children,
}: DocumentRowProps) {
  const fileInput = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const [hasNote, setNote] = useState(false)
  const state = useWatch<FormValues>({ name: documentField(documentKey, 'state') })
  const note = useWatch<FormValues>({ name: documentField(documentKey, 'note') })

  function handleDrop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    uploads.add(documentKey, [...event.dataTransfer.files], asReceived)
  }

  return (
    <li
      className={styles.row}
      data-document={documentKey}
      data-missing={isMissing ? '' : undefined}
      data-over={isOver ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={handleDrop}
      onKeyDown={(event) => {
        if (event.key !== 'F7') return
        event.preventDefault()
        fileInput.current?.click()
      }}
    >
      {children}
      <div className={styles.controls}>
        <DocumentStatePicker documentKey={documentKey} name={name} originals={originals} copies={copies} />
        <div className={styles.details} data-enter-skips="">
          {(state === 'original' || state === 'copy') && (
            <>
              <CountField documentKey={documentKey} part="originals" name={name} />
              <CountField documentKey={documentKey} part="copies" name={name} />
            </>
          )}
          {!hasNote && !note && (
            <button
              type="button"
              className={styles.small}
              title={t('intake.documents.note')}
              aria-label={t('intake.documents.noteOf', { name })}
              onClick={() => setNote(true)}
            >
              <IconNote size={15} aria-hidden />
            </button>
          )}
          <button
            type="button"
            className={styles.small}
            aria-label={t('intake.documents.attachTo', { name })}
            onClick={() => fileInput.current?.click()}
          >
            <IconPaperclip size={14} aria-hidden /> {t('intake.documents.attach')}
          </button>
          <input
            ref={fileInput}
            type="file"
            hidden
            multiple
            aria-label={t('intake.documents.attachTo', { name })}
            accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
            onChange={(event) => {
              uploads.add(documentKey, [...(event.currentTarget.files ?? [])], asReceived)
              event.currentTarget.value = ''
            }}
          />
        </div>
      </div>
      {(hasNote || note) && <NoteField documentKey={documentKey} name={name} isNew={hasNote} />}
      <ScanList documentKey={documentKey} uploads={uploads} />
    </li>
  )
}
