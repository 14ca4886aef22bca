import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Notice } from '../text/describe-refusal.ts'

export interface NoticeBoxProps {
  readonly notice: Notice
  readonly tone?: 'red' | 'gold' | 'green' | 'blue'
  /** Buttons that help. */
  readonly children?: ReactNode
}

/** What happened and what to do, said where it happened. */
export function NoticeBox({ notice, tone = 'red', children }: NoticeBoxProps) {
  return (
    <div role="alert" className={`notice notice-${tone}`}>
      <IconAlertTriangle size={17} aria-hidden />
      <div>
        <strong>{notice.title}</strong>
        <span>{notice.action}</span>
        {children}
      </div>
    </div>
  )
}
