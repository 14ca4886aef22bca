import { IconAlertTriangle, IconCloudUpload, IconHelp, IconWifi, IconWifiOff } from '@tabler/icons-react'
import { clockTimeOf, dateOf, type Instant } from '../../shared/core/time.ts'
import type { ExchangeStatus, LineState as Line } from '../../shared/ipc/view.ts'
import { useMinute } from '../store/desk-clock.ts'
import { useDeskStatus } from '../store/use-desk-status.ts'
import { describeLineRefusal } from '../text/describe-verdict.ts'
import { formatLongDay, formatShortWhen, formatWhen } from '../text/format.ts'
import { t } from '../text/t.ts'
import { useStatusAnnouncement } from '../ui/status-announcer.ts'
import { PrinterCell } from './printer-cell.tsx'
import { navigate } from './route.ts'

/** Always tells how the line is, what is unsent, when it last worked, and where papers go (R14). Offline is gold, not red: it is normal. */
export function StatusBar() {
  const exchange = useDeskStatus()?.exchange
  const now = useMinute()
  const announcement = useStatusAnnouncement()
  return (
    <section className="status" aria-label={t('frame.statusBar')}>
      <LineState exchange={exchange} />
      {exchange ? <Unsent exchange={exchange} /> : null}
      {exchange ? <Fitting full={lastSuccessText(exchange, now)} short={shortLastSuccess(exchange, now)} /> : null}
      <span role="status" className="shrinks">
        {announcement}
      </span>
      <span className="status-space" />
      <PrinterCell />
      <span className="clock">
        <Fitting
          full={t('frame.clock', { time: clockTimeOf(now), day: formatLongDay(dateOf(now)) })}
          short={clockTimeOf(now)}
        />
      </span>
    </section>
  )
}

interface FittingProps {
  readonly full: string
  readonly short: string
}

/** Fewer words where there is little room, never none. */
function Fitting({ full, short }: FittingProps) {
  return (
    <span>
      <span className="full">{full}</span>
      <span className="short" title={full}>
        {short}
      </span>
    </span>
  )
}

const lines = {
  unknown: { tone: 'plain', icon: IconHelp },
  offline: { tone: 'gold', icon: IconWifiOff },
  exchanging: { tone: 'green', icon: IconCloudUpload },
  online: { tone: 'green', icon: IconWifi },
  refused: { tone: 'gold', icon: IconWifiOff },
  untrusted: { tone: 'gold', icon: IconWifiOff },
  stuck: { tone: 'gold', icon: IconAlertTriangle },
} as const

function LineState({ exchange }: { readonly exchange: ExchangeStatus | undefined }) {
  const line = exchange?.line ?? 'unknown'
  const { tone, icon: Icon } = lines[line]
  return (
    <span
      className={`line line-${tone}`}
      role="status"
      title={needsReason(line) ? describeLineRefusal(exchange?.code) : undefined}
    >
      <Icon size={14} aria-hidden />
      {lineText(exchange)}
    </span>
  )
}

/** Whether the state's own words do not tell what to do about it. */
export function needsReason(line: Line): boolean {
  return line === 'refused' || line === 'untrusted' || line === 'stuck'
}

/** The line in words. */
export function lineText(exchange: ExchangeStatus | undefined): string {
  const line = exchange?.line ?? 'unknown'
  const progress = exchange?.progress
  if (line === 'exchanging' && progress && progress.total > 0) {
    const { done, total, what } = progress
    return t(what === 'scans' ? 'frame.line.progressScans' : 'frame.line.progress', { done, total })
  }
  return line === 'stuck' ? stuckText(exchange?.code) : t(`frame.line.${line}`)
}

function stuckText(code: string | undefined): string {
  switch (code) {
    case 'store/full':
      return t('frame.line.stuckFull')
    case 'store/read-only':
      return t('frame.line.stuckReadOnly')
    case 'store/damaged':
      return t('frame.line.stuckDamaged')
    default:
      return t('frame.line.stuckBug')
  }
}

function Unsent({ exchange }: { readonly exchange: ExchangeStatus }) {
  const text = unsentText(exchange)
  return (
    <button
      type="button"
      onClick={() => navigate({ page: 'outbox' })}
      aria-label={t('frame.openOutbox', { text })}
      title={t('frame.outbox')}
    >
      {text}
    </button>
  )
}

export function unsentText({ unsentEvents, unsentScans }: ExchangeStatus): string {
  if (unsentEvents === 0 && unsentScans === 0) return t('frame.allSent')
  if (unsentScans === 0) return t('frame.unsent', { count: unsentEvents })
  return t('frame.unsentScans', { count: unsentEvents, scans: unsentScans })
}

function lastSuccessText({ lastSuccessAt }: ExchangeStatus, now: Instant): string {
  if (!lastSuccessAt) return t('frame.neverSent')
  if (dateOf(lastSuccessAt) === dateOf(now)) return t('frame.lastSuccessToday', { time: clockTimeOf(lastSuccessAt) })
  return t('frame.lastSuccess', { when: formatWhen(lastSuccessAt, now) })
}

function shortLastSuccess({ lastSuccessAt }: ExchangeStatus, now: Instant): string {
  return lastSuccessAt
    ? t('frame.lastSuccessShort', { when: formatShortWhen(lastSuccessAt, now) })
    : t('frame.neverSentShort')
}
