import type { CourierView } from '../../../shared/ipc/view.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { formatCount, formatWhen } from '../../text/format.ts'
import { t } from '../../text/t.ts'

const shown = 3

/** The last files this desk wrote, and whether their receipt has come back. */
export function WrittenFiles({ files }: { readonly files: CourierView['written'] }) {
  const now = useMinute()
  if (files.length === 0) return null
  return (
    <>
      <h4 id="courier-written">{t('courier.written')}</h4>
      <ul className="courier-files" aria-labelledby="courier-written">
        {files.slice(0, shown).map(({ fileId, writtenAt, events, scans, answeredAt }) => (
          <li key={fileId} className="small">
            {t('courier.writtenLine', {
              when: formatWhen(writtenAt, now),
              events: formatCount(events),
              scans: formatCount(scans),
            })}
            , <b>{answeredAt ? t('courier.answered') : t('courier.unanswered')}</b>
          </li>
        ))}
      </ul>
    </>
  )
}
