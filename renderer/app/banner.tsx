import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export interface BannerProps {
  readonly tone: 'gold' | 'red' | 'blue'
  readonly title: string
  readonly action: string
  readonly children?: ReactNode
}

/** One thing to know before going on: an alert when red, otherwise a status. */
export function Banner({ tone, title, action, children }: BannerProps) {
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
