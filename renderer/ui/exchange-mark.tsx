import { IconAlertTriangle, IconCheck, IconClock, IconCloudUpload, IconPencil } from '@tabler/icons-react'
import type { ExchangeState } from '../../shared/ipc/view.ts'
import { capitalise } from '../text/format.ts'
import { t } from '../text/t.ts'
import { useUpperTier } from './use-upper-tier.ts'

export type ShownExchangeState = ExchangeState | 'draft' | 'sending' | 'parked'

const icons = {
  draft: IconPencil,
  waiting: IconClock,
  parked: IconClock,
  sending: IconCloudUpload,
  accepted: IconCheck,
  returned: IconAlertTriangle,
} as const

const colours = {
  draft: 'var(--ink-3)',
  waiting: 'var(--lua-8)',
  parked: 'var(--lua-8)',
  sending: 'var(--cham-7)',
  accepted: 'var(--ink-3)',
  returned: 'var(--son-7)',
} as const satisfies Record<ShownExchangeState, string>

/** The words of R15; the upper tier is named as it is called here. */
export function exchangeWords(state: ShownExchangeState, upperTier: string): string {
  return t(`statuses.exchange.${state}`, {
    tier: state === 'accepted' || state === 'returned' ? capitalise(upperTier) : '',
  })
}

export interface ExchangeMarkProps {
  readonly state: ShownExchangeState
  /** Beside the icon, or only for the ear and the pointer. */
  readonly withWords?: boolean
}

export function ExchangeMark({ state, withWords = false }: ExchangeMarkProps) {
  const words = exchangeWords(state, useUpperTier())
  const Icon = icons[state]
  return (
    <span className="exchange-mark" title={withWords ? undefined : words} style={{ color: colours[state] }}>
      <Icon size={15} {...(withWords ? { 'aria-hidden': true } : { role: 'img', 'aria-label': words })} />
      {withWords ? <span>{words}</span> : null}
    </span>
  )
}
