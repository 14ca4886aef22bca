import { useState } from 'react'
import { shortNumber } from '../../../shared/domain/numbering.ts'
import type { OutboxEntry } from '../../../shared/ipc/view.ts'
import { formatRoute } from '../../app/route.ts'
import { useDossier } from '../../store/use-dossiers.ts'
import { describeReturned } from '../../text/describe-verdict.ts'
import { t } from '../../text/t.ts'
import { ReturnedDialog } from '../conflict/returned-dialog.tsx'
import { workWords } from './work-words.ts'

/** Work that came back: why, and what to do next, in plain words. */
export function ReturnedList({ entries }: { readonly entries: readonly OutboxEntry[] }) {
  return (
    <section className="returned">
      <h2>{t('outbox.returnedSection')}</h2>
      <ul>
        {entries.map((entry) => {
          const { title, action } = describeReturned(entry.code)
          return (
            <li key={entry.eventId}>
              <div>
                <b>{entry.applicantName}</b>{' '}
                <span className="code">{entry.number ? shortNumber(entry.number) : ''}</span> {workWords(entry.type)}
              </div>
              <div className="returned-why">{title}</div>
              <div className="small">
                {action} <ReturnedButton dossierId={entry.dossierId} />{' '}
                <a href={formatRoute({ page: 'dossier', dossierId: entry.dossierId })}>{t('outbox.openDossier')}</a>
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** The way in to what came back, for the officer who tidies up at the end of the day. */
function ReturnedButton({ dossierId }: { readonly dossierId: OutboxEntry['dossierId'] }) {
  const view = useDossier(dossierId)
  const [open, setOpen] = useState(false)
  if (!view) return null
  return (
    <>
      <button type="button" className="link" onClick={() => setOpen(true)}>
        {t('conflict.open')}
      </button>
      {open ? <ReturnedDialog view={view} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
