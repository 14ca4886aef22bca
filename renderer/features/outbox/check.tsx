import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export interface CheckProps {
  readonly icon: TablerIcon
  readonly tone: 'green' | 'gold' | 'blue' | 'red'
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}

/** One thing to look at before going home. */
export function Check({ icon: Icon, tone, title, text, children }: CheckProps) {
  return (
    <div className="check">
      <span className={`check-icon tag-${tone}`}>
        <Icon size={15} aria-hidden />
      </span>
      <div className="check-body">
        <b>{title}</b>
        <div className="small muted">{text}</div>
        {children}
      </div>
    </div>
  )
}
