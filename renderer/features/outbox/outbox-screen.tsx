import './outbox.css'
import { IconAlertTriangle, IconCheck, IconPencil } from '@tabler/icons-react'
import { dateOf } from '../../../shared/core/time.ts'
import { formatRoute } from '../../app/route.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { useDeskStatus } from '../../store/use-desk-status.ts'
import { useDrafts } from '../../store/use-drafts.ts'
import { capitalise, formatLongDay } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useUpperTier } from '../../ui/use-upper-tier.ts'
import { CourierSection } from '../courier/courier-section.tsx'
import { Check } from './check.tsx'
import { LastAccepted } from './last-accepted.tsx'
import { OutboxTable } from './outbox-table.tsx'
import { ReturnedList } from './returned-list.tsx'
import { SendCheck } from './send-check.tsx'
import { useOutbox } from './use-outbox.ts'

/** Cuối ngày: what is not sent yet, what came back, and what is left as a draft. */
export function OutboxScreen() {
  const now = useMinute()
  const outbox = useOutbox()
  const exchange = useDeskStatus()?.exchange
  const returned = outbox?.entries.filter(({ state }) => state === 'returned') ?? []
  const waiting = outbox?.entries.filter(({ state }) => state !== 'returned') ?? []
  return (
    <>
      <div className="head">
        <h1>{t('outbox.title')}</h1>
        <span className="muted">{capitalise(formatLongDay(dateOf(now)))}</span>
      </div>
      <div className="outbox-split">
        <section className="card pad scroll" aria-labelledby="checks-title">
          <h2 id="checks-title">{t('outbox.checks')}</h2>
          <DraftsCheck />
          <ReturnedCheck count={returned.length} />
          <SendCheck outbox={outbox} exchange={exchange} />
          <hr className="rule" />
          <CourierSection />
          <hr className="rule" />
          <LastAccepted entries={outbox?.lastAccepted ?? []} />
        </section>
        <section className="card pad scroll" aria-label={t('outbox.waitingTitle')}>
          {returned.length > 0 ? <ReturnedList entries={returned} /> : null}
          {waiting.length > 0 ? <OutboxTable entries={waiting} total={outbox?.unsentEvents ?? waiting.length} /> : null}
          {outbox && waiting.length + returned.length === 0 ? <EmptyState text={t('outbox.empty')} /> : null}
        </section>
      </div>
    </>
  )
}

function DraftsCheck() {
  const count = useDrafts().length
  if (count === 0) {
    return <Check icon={IconCheck} tone="green" title={t('outbox.drafts')} text={t('outbox.draftsNone')} />
  }
  return (
    <Check icon={IconPencil} tone="gold" title={t('outbox.drafts')} text={t('outbox.draftsLeft', { count })}>
      <a href={formatRoute({ page: 'work-list' })} className="small">
        {t('outbox.openDrafts')}
      </a>
    </Check>
  )
}

function ReturnedCheck({ count }: { readonly count: number }) {
  const title = t('outbox.returnedTitle', { tier: capitalise(useUpperTier()) })
  return count === 0 ? (
    <Check icon={IconCheck} tone="green" title={title} text={t('outbox.returnedNone')} />
  ) : (
    <Check icon={IconAlertTriangle} tone="red" title={title} text={t('outbox.returnedLeft', { count })} />
  )
}
