import type { ReactNode } from 'react'

export type TagTone = 'red' | 'gold' | 'green' | 'blue' | 'plain'

export function Tag({ tone, children }: { readonly tone: TagTone; readonly children: ReactNode }) {
  return <span className={`tag tag-${tone}`}>{children}</span>
}
