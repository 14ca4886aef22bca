import type { Dossier } from '../../../shared/domain/dossier.ts'
import type { DossierView, TimelineEntry } from '../../../shared/ipc/view.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { describeFinding, describeReturned } from '../../text/describe-verdict.ts'
import { formatWhen } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { exchangeWords } from '../../ui/exchange-mark.tsx'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { useUpperTier } from '../../ui/use-upper-tier.ts'
import { useTimeline } from '../conflict/use-timeline.ts'
import { ChangeList } from '../correction/change-list.tsx'
import { describeEvent, toneOfEvent } from './describe-event.ts'
import { placeOf } from './dossier-words.ts'

/** Diễn biến: read from the journal when asked, newest on top, again whenever the dossier moved. */
export function TimelineCard({ view }: { readonly view: DossierView }) {
  const { entries, notice } = useTimeline(view)
  return (
    <section className="card pad scroll timeline-card" aria-labelledby="timeline-title">
      <div className="head">
        <h2 id="timeline-title">{t('dossier.timeline')}</h2>
        <span className="muted small head-actions">{t('dossier.timelineOrder')}</span>
      </div>
      {notice ? <NoticeBox notice={notice} /> : null}
      {entries ? null : <p className="muted">{t('dossier.timelineOpening')}</p>}
      <ol className="timeline">
        {entries?.toReversed().map((entry) => (
          <TimelineItem key={entry.eventId} entry={entry} dossier={view.dossier} />
        ))}
      </ol>
    </section>
  )
}

function TimelineItem({ entry, dossier }: { readonly entry: TimelineEntry; readonly dossier: Dossier }) {
  const now = useMinute()
  const tier = useUpperTier()
  const closed = dossier.closedFindings?.some(({ findingOf }) => findingOf === entry.eventId) ?? false
  const who = [entry.staffName ?? t('dossier.unknownStaff'), placeOf(entry)]
  return (
    <li>
      <span className={`timeline-dot dot-${toneOfEvent(entry.type)}`} aria-hidden />
      <time dateTime={entry.at}>{formatWhen(entry.at, now)}</time>
      <div>{describeEvent(entry)}</div>
      <ChangeList dossier={dossier} type={entry.type} body={entry.body} />
      {entry.effectiveAt ? (
        <div className="small muted">{t('dossier.effectiveAt', { when: formatWhen(entry.effectiveAt, now) })}</div>
      ) : null}
      <div className="small muted">
        {who.join(', ')}
        {entry.own && entry.exchange !== 'accepted' ? `. ${exchangeWords(entry.exchange, tier)}` : ''}
      </div>
      {entry.exchange === 'returned' ? (
        <div className="small timeline-bad">
          {describeReturned(entry.code).title} {entry.answeredBy ? `(${t('correction.answered')})` : ''}
        </div>
      ) : null}
      {entry.findings.map((code) => (
        <div key={code} className="small timeline-odd">
          {closed ? t('correction.findingClosed', { finding: describeFinding(code) }) : describeFinding(code)}
        </div>
      ))}
    </li>
  )
}
