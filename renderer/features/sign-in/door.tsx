import './sign-in.css'
import type { ReactNode } from 'react'
import { t } from '../../text/t.ts'

export interface DoorProps {
  readonly title: string
  readonly lead: string
  readonly children: ReactNode
}

/** The card before anyone is signed in. */
export function Door({ title, lead, children }: DoorProps) {
  return (
    <main className="door">
      <div className="card door-card">
        <div className="door-brand">
          <span className="seal" aria-hidden>
            1C
          </span>
          <div>
            <b>{t('frame.product')}</b>
            <small>{lead}</small>
          </div>
        </div>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}
