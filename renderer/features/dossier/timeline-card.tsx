import { useEffect, useState } from 'react'
import type { DossierView, TimelineEntry } from '../../../shared/ipc/view.ts'
import { desk } from '../../app/desk.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { describeFailure, type Notice } from '../../text/describe-refusal.ts'
import { describeFinding, describeReturned } from '../../text/describe-verdict.ts'
import { formatWhen } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { exchangeWords } from '../../ui/exchange-mark.tsx'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { useUpperTier } from '../../ui/use-upper-tier.ts'
import { describeEvent, toneOfEvent } from './describe-event.ts'

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
          <TimelineItem key={entry.eventId} entry={entry} />
        ))}
      </ol>
    </section>
  )
}

function useTimeline({ id, position }: DossierView) {
  const [entries, setEntries] = useState<readonly TimelineEntry[]>()
  const [notice, setNotice] = useState<Notice>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new position means that there is something new to read.
  useEffect(() => {
    let current = true
    void desk('dossier.timeline', { dossierId: id }).then((answer) => {
      if (!current) return
      if (answer.ok) setEntries(answer.value)
      setNotice(answer.ok ? undefined : describeFailure(answer.error))
    })
    return () => {
      current = false
    }
  }, [id, position])
  return { entries, notice }
}

function TimelineItem({ entry }: { readonly entry: TimelineEntry }) {
  const now = useMinute()
  const tier = useUpperTier()
  const who = [entry.staffName ?? t('dossier.unknownStaff'), entry.own ? t('dossier.ownDesk') : t('dossier.otherDesk')]
  return (
    <li>
      <span className={`timeline-dot dot-${toneOfEvent(entry.type)}`} aria-hidden />
      <time dateTime={entry.at}>{formatWhen(entry.at, now)}</time>
      <div>{describeEvent(entry)}</div>
      {entry.effectiveAt ? (
        <div className="small muted">{t('dossier.effectiveAt', { when: formatWhen(entry.effectiveAt, now) })}</div>
      ) : null}
      <div className="small muted">
        {who.join(', ')}
        {entry.own && entry.exchange !== 'accepted' ? `. ${exchangeWords(entry.exchange, tier)}` : ''}
      </div>
      {entry.exchange === 'returned' ? (
        <div className="small timeline-bad">{describeReturned(entry.code).title}</div>
      ) : null}
      {entry.findings.map((code) => (
        <div key={code} className="small timeline-odd">
          {describeFinding(code)}
        </div>
      ))}
    </li>
  )
}
