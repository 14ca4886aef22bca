import { Button, CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { DeskStatus } from '../../shared/ipc/view.ts'
import { useProjectionProgress } from '../store/current-store.ts'
import { useMinute } from '../store/desk-clock.ts'
import { useDeskStatus } from '../store/use-desk-status.ts'
import { acceptDeskStatus } from '../store/watch-desk-status.ts'
import { formatCount, formatDate, formatWhen } from '../text/format.ts'
import { t } from '../text/t.ts'
import { desk } from './desk.ts'

/** What the officer has to know before going on, in the order of weight. */
export function Banners() {
  const status = useDeskStatus()
  const [healedSeen, setHealedSeen] = useState(false)
  const rebuild = useRebuildBanner()
  if (!status) return null
  const banners = [
    damagedBanner(status),
    <ClockBanner key="clock" status={status} />,
    healedSeen ? null : healedBanner(status, () => setHealedSeen(true)),
    laneBanner(status),
    rebuild,
  ]
  return <div className="banners">{banners}</div>
}

interface BannerProps {
  readonly tone: 'gold' | 'red' | 'blue'
  readonly title: string
  readonly action: string
  readonly children?: ReactNode
}

function Banner({ tone, title, action, children }: BannerProps) {
  const Icon = tone === 'blue' ? IconRefresh : IconAlertTriangle
  return (
    <div className={`banner banner-${tone}`} role={tone === 'red' ? 'alert' : 'status'}>
      <Icon size={17} aria-hidden />
      <span>
        <strong>{title}</strong> {action}
      </span>
      {children}
    </div>
  )
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
      <Button variant="default" h={28} onClick={confirmClock}>
        {t('frame.banner.confirmClock')}
      </Button>
    </Banner>
  )
}

async function confirmClock(): Promise<void> {
  const answer = await desk('desk.confirm-clock')
  if (answer.ok) acceptDeskStatus(answer.value)
}

function damagedBanner({ journal }: DeskStatus): ReactNode {
  if (journal.state !== 'damaged') return null
  return (
    <Banner key="damaged" tone="red" title={t('frame.banner.damagedTitle')} action={t('frame.banner.damagedAction')} />
  )
}

function healedBanner({ journal }: DeskStatus, onClose: () => void): ReactNode {
  if (journal.state !== 'healed') return null
  const healed = journal.healedEntries > 0
  return (
    <Banner
      key="healed"
      tone="blue"
      title={healed ? t('frame.banner.healedTitle', { count: journal.healedEntries }) : t('frame.banner.cutTitle')}
      action={healed ? t('frame.banner.healedAction') : t('frame.banner.cutAction')}
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
