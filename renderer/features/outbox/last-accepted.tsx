import { shortNumber } from '../../../shared/domain/numbering.ts'
import type { OutboxView } from '../../../shared/ipc/view.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { capitalise, formatShortWhen } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { ExchangeMark } from '../../ui/exchange-mark.tsx'
import { useUpperTier } from '../../ui/use-upper-tier.ts'

/** As many as fit under the checks at 1366×768. */
const shown = 5

export function LastAccepted({ entries }: { readonly entries: OutboxView['lastAccepted'] }) {
  const now = useMinute()
  const tier = capitalise(useUpperTier())
  return (
    <>
      <h3>{t('outbox.lastAccepted', { tier })}</h3>
      {entries.length === 0 ? <p className="small muted">{t('outbox.noneAccepted')}</p> : null}
      <table className="plain-table">
        <tbody>
          {entries.slice(0, shown).map((entry) => (
            <tr key={entry.eventId}>
              <td className="code">{entry.number ? shortNumber(entry.number) : ''}</td>
              <td>{entry.applicantName}</td>
              <td className="number muted">{formatShortWhen(entry.acceptedAt, now)}</td>
              <td className="accepted-mark">
                <ExchangeMark state="accepted" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
