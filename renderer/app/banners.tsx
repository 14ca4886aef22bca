import { Button, CloseButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { reopenedMark } from '../../shared/ipc/bridge.ts'
import type { DeskStatus } from '../../shared/ipc/view.ts'
import { useMemoryOnly, useProjectionProgress, useStoreBehind } from '../store/current-store.ts'
import { useMinute } from '../store/desk-clock.ts'
import { useDeskStatus } from '../store/use-desk-status.ts'
import { acceptDeskStatus } from '../store/watch-desk-status.ts'
import { describeJournal } from '../text/describe-journal.ts'
import { describeFailure, type Notice } from '../text/describe-refusal.ts'
import { formatCount, formatDate, formatMoment, formatWhen } from '../text/format.ts'
import { t } from '../text/t.ts'
import { NoticeBox } from '../ui/notice-box.tsx'
import { Banner } from './banner.tsx'
import { CalendarBanner } from './calendar-banner.tsx'
import { desk } from './desk.ts'

/** What the officer has to know before going on, in the order of weight. */
export function Banners() {
  const status = useDeskStatus()
  const [healedSeen, setHealedSeen] = useState(false)
  const [reopenedSeen, setReopenedSeen] = useState(!wasReopened())
  const rebuild = useRebuildBanner()
  if (!status) return null
  const banners = [
    damagedBanner(status),
    <MemoryOnlyBanner key="memory-only" />,
    <BehindBanner key="behind" />,
    retiredBanner(status),
    <ClockBanner key="clock" status={status} />,
    <ClockAheadBanner key="clock-ahead" status={status} />,
    <ClockDiffersBanner key="clock-differs" status={status} />,
    healedSeen ? null : healedBanner(status, () => setHealedSeen(true)),
    reopenedSeen ? null : reopenedBanner(() => setReopenedSeen(true)),
    laneBanner(status),
    <CalendarBanner key="calendar" status={status} />,
    <BackupBanner key="backup" status={status} />,
    rebuild,
  ]
  return <div className="banners">{banners}</div>
}

function ClockBanner({ status }: { readonly status: DeskStatus }) {
  const now = useMinute()
  if (!status.clockBehind) return null
  return (
    <Banner
      tone="gold"
      title={t('frame.banner.clockBehindTitle', { when: formatWhen(status.clockBehind.lastEntryAt, now) })}
      action={t('frame.banner.clockBehindAction')}
    >
      <ConfirmClock />
    </Banner>
  )
}

/** After a long silence nobody but the officer knows whether that much time has passed. */
function ClockAheadBanner({ status }: { readonly status: DeskStatus }) {
  const now = useMinute()
  if (!status.clockAhead) return null
  const title = t('frame.banner.clockAheadTitle', { when: formatWhen(status.clockAhead.lastKnownAt, now) })
  return (
    <Banner tone="gold" title={title} action={t('frame.banner.clockStopsAction')}>
      <ConfirmClock />
    </Banner>
  )
}

/** The clock may be right and the district's wrong; then the officer says so once. */
function ClockDiffersBanner({ status }: { readonly status: DeskStatus }) {
  const { clockDiffers, clockBehind, clockAhead } = status
  if (!clockDiffers) return null
  const { rightNow, toldByDistrict, stops } = clockDiffers
  const when = formatMoment(rightNow)
  return (
    <Banner
      tone="gold"
      title={t(toldByDistrict ? 'frame.banner.clockDiffersTitle' : 'frame.banner.clockWasSetTitle', { when })}
      action={stops ? t('frame.banner.clockStopsAction') : t('frame.banner.clockDiffersAction')}
    >
      {stops && !clockBehind && !clockAhead ? <ConfirmClock /> : null}
    </Banner>
  )
}

/** Only when a folder was chosen and nothing has reached it for a day; a stick out of its socket for an hour is normal. */
function BackupBanner({ status }: { readonly status: DeskStatus }) {
  const now = useMinute()
  const { isStale, lastAt } = status.backup
  if (!isStale) return null
  const title = lastAt ? t('backup.bannerTitle', { when: formatWhen(lastAt, now) }) : t('backup.bannerNever')
  return <Banner tone="gold" title={title} action={t('backup.bannerAction')} />
}

function ConfirmClock() {
  const [notice, setNotice] = useState<Notice>()
  async function confirm(): Promise<void> {
    const answer = await desk('desk.confirm-clock')
    setNotice(answer.ok ? undefined : describeFailure(answer.error))
    if (answer.ok) acceptDeskStatus(answer.value)
  }
  return (
    <>
      {notice ? <NoticeBox notice={notice} /> : null}
      <Button variant="default" h={28} onClick={confirm}>
        {t('frame.banner.confirmClock')}
      </Button>
    </>
  )
}

/** Damage stays told, and so does that numbers are held back; what healed by itself can be put away. */
const isGrave = ({ state, whole }: DeskStatus['journal']) => state === 'damaged' || !whole

function damagedBanner({ journal }: DeskStatus): ReactNode {
  const told = isGrave(journal) ? describeJournal(journal) : undefined
  return told ? <Banner key="damaged" tone="red" {...told} /> : null
}

/** Everything works, but each start takes as long as a rebuild. */
function MemoryOnlyBanner() {
  if (!useMemoryOnly()) return null
  return <Banner tone="gold" title={t('frame.banner.memoryOnlyTitle')} action={t('frame.banner.memoryOnlyAction')} />
}

/** Saved work is in the journal all the while; only what the lists show may be older. */
function BehindBanner() {
  if (!useStoreBehind()) return null
  return <Banner tone="gold" title={t('frame.banner.behindTitle')} action={t('frame.banner.behindAction')} />
}

function retiredBanner({ retired }: DeskStatus): ReactNode {
  if (!retired) return null
  return (
    <Banner key="retired" tone="red" title={t('frame.banner.retiredTitle')} action={t('frame.banner.retiredAction')} />
  )
}

function healedBanner({ journal }: DeskStatus, onClose: () => void): ReactNode {
  const told = isGrave(journal) ? undefined : describeJournal(journal)
  if (!told) return null
  return (
    <Banner key="healed" tone="blue" {...told}>
      <CloseButton aria-label={t('frame.banner.close')} onClick={onClose} />
    </Banner>
  )
}

/** The page's process died, and main opened it again. */
function wasReopened(): boolean {
  return new URLSearchParams(window.location.search).has(reopenedMark)
}

function reopenedBanner(onClose: () => void): ReactNode {
  return (
    <Banner
      key="reopened"
      tone="blue"
      title={t('frame.banner.reopenedTitle')}
      action={t('frame.banner.reopenedAction')}
    >
      <CloseButton aria-label={t('frame.banner.close')} onClick={onClose} />
    </Banner>
  )
}

function laneBanner({ laneEndsSoon, lane }: DeskStatus): ReactNode {
  if (!laneEndsSoon || !lane) return null
  const title = t('frame.banner.laneTitle', { date: formatDate(lane.validUntil) })
  return <Banner key="lane" tone="gold" title={title} action={t('frame.banner.laneAction')} />
}

/** A long catch-up is said with counts; a short one is not worth a word. */
function useRebuildBanner(): ReactNode {
  const { done, remaining } = useProjectionProgress()
  if (remaining === 0 || done + remaining < 500) return null
  const title = t('frame.banner.rebuildTitle', { done: formatCount(done), total: formatCount(done + remaining) })
  return <Banner key="rebuild" tone="blue" title={title} action={t('frame.banner.rebuildAction')} />
}
