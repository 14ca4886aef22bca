import { Button, Progress } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCloudUpload, IconWifiOff } from '@tabler/icons-react'
import { clockTimeOf } from '../../../shared/core/time.ts'
import type { ExchangeStatus, OutboxView } from '../../../shared/ipc/view.ts'
import { desk } from '../../app/desk.ts'
import { lineText, needsReason } from '../../app/status-bar.tsx'
import { describeLineRefusal } from '../../text/describe-verdict.ts'
import { formatBytes, formatCount } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { usePrimaryKey } from '../../ui/use-primary-key.ts'
import { useUpperTier } from '../../ui/use-upper-tier.ts'
import { Check } from './check.tsx'
import { EnrolAgain } from './enrol-again.tsx'
import { useRemainingSeconds } from './remaining-time.ts'

export interface SendCheckProps {
  readonly outbox: OutboxView | undefined
  readonly exchange: ExchangeStatus | undefined
}

/** How much is left, how the line is, and the button that tries now. What needs the line says so before it starts (R17). */
export function SendCheck({ outbox, exchange }: SendCheckProps) {
  const title = t('outbox.sendTitle', { tier: useUpperTier() })
  const send = () => void desk('exchange.now')
  usePrimaryKey(exchange && exchange.line !== 'exchanging' ? send : undefined)
  if (!outbox || !exchange) return null
  const done = outbox.unsentEvents === 0 && outbox.unsentScans === 0
  const isStuck = exchange.line === 'stuck'
  const offline = exchange.line === 'offline' || needsReason(exchange.line)
  const icon = isStuck ? IconAlertTriangle : done ? IconCheck : offline ? IconWifiOff : IconCloudUpload
  const tone = done && !isStuck ? 'green' : offline ? 'gold' : 'blue'
  return (
    <Check icon={icon} tone={tone} title={title} text={leftText(outbox)}>
      <div className="small">{lineWords(exchange)}</div>
      <SendProgress exchange={exchange} unsentBytes={outbox.unsentBytes} />
      <Button variant={done ? 'default' : 'filled'} h={30} loading={exchange.line === 'exchanging'} onClick={send}>
        {t('outbox.sendNow')}
      </Button>
      <EnrolAgain />
    </Check>
  )
}

function leftText({ unsentEvents, unsentScans, unsentBytes }: OutboxView): string {
  if (unsentEvents === 0 && unsentScans === 0) return t('outbox.sendNone')
  const values = { events: formatCount(unsentEvents), scans: formatCount(unsentScans), bytes: formatBytes(unsentBytes) }
  return t(unsentScans === 0 ? 'outbox.sendLeftNoScans' : 'outbox.sendLeft', values)
}

function lineWords(exchange: ExchangeStatus): string {
  const words = [lineText(exchange)]
  if (needsReason(exchange.line)) words.push(describeLineRefusal(exchange.code))
  if (exchange.line === 'offline') words.push(t('outbox.offlineLead'))
  if (exchange.nextTryAt && exchange.line !== 'exchanging') {
    words.push(t('outbox.nextTry', { time: clockTimeOf(exchange.nextTryAt) }))
  }
  return words.map((sentence) => sentence.replace(/\.?$/, '.')).join(' ')
}

interface SendProgressProps {
  readonly exchange: ExchangeStatus
  readonly unsentBytes: number
}

function SendProgress({ exchange, unsentBytes }: SendProgressProps) {
  const seconds = useRemainingSeconds(unsentBytes, exchange.line === 'exchanging')
  const progress = exchange.progress
  if (exchange.line !== 'exchanging' || !progress || progress.total === 0) return null
  const { done, total } = progress
  const sending = t('outbox.sending', { done: formatCount(done), total: formatCount(total) })
  return (
    <>
      <div>
        <div className="small muted">{seconds === undefined ? sending : `${sending}. ${remainingWords(seconds)}`}</div>
        <Progress value={(100 * done) / total} size={8} aria-label={t('outbox.progress')} />
      </div>
      <p className="small muted">{t('outbox.safe')}</p>
    </>
  )
}

function remainingWords(seconds: number): string {
  if (seconds < 60) return t('outbox.remainingShort')
  return t('outbox.remaining', { minutes: formatCount(Math.ceil(seconds / 60)) })
}
