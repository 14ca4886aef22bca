import { shortNumber } from '../../../shared/domain/numbering.ts'
import type { OutboxEntry } from '../../../shared/ipc/view.ts'
import { formatRoute } from '../../app/route.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { formatBytes, formatCount, formatShortWhen } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { ExchangeMark } from '../../ui/exchange-mark.tsx'
import { workWords } from './work-words.ts'

export interface OutboxTableProps {
  readonly entries: readonly OutboxEntry[]
  readonly total: number
}

/** Unsent work, the oldest first: it goes in this order. */
export function OutboxTable({ entries, total }: OutboxTableProps) {
  const now = useMinute()
  return (
    <>
      <h2>{t('outbox.waitingTitle')}</h2>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('outbox.column.number')}</th>
            <th scope="col">{t('outbox.column.applicant')}</th>
            <th scope="col">{t('outbox.column.work')}</th>
            <th scope="col">{t('outbox.column.state')}</th>
            <th scope="col">{t('outbox.column.at')}</th>
            <th scope="col" className="number">
              {t('outbox.column.bytes')}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.eventId}>
              <td className="code">
                <a href={formatRoute({ page: 'dossier', dossierId: entry.dossierId })}>
                  {entry.number ? shortNumber(entry.number) : t('outbox.openDossier')}
                </a>
              </td>
              <td>
                <b>{entry.applicantName}</b>
              </td>
              <td>{workWords(entry.type)}</td>
              <td>
                <ExchangeMark state={entry.state} withWords />
              </td>
              <td>{formatShortWhen(entry.at, now)}</td>
              <td className="number">{formatBytes(entry.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > entries.length ? (
        <p className="small muted">{t('outbox.more', { count: formatCount(total - entries.length) })}</p>
      ) : null}
    </>
  )
}
