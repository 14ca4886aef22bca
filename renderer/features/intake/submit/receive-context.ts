import { createContext, useContext } from 'react'
import type { Notice } from '../../../text/describe-refusal.ts'

export interface Receive {
  /** Ctrl Enter: receive and print, or go to the first error. */
  readonly receive: () => void
  readonly isSending: boolean
  /** What main answered that belongs to no single field. */
  readonly notice: Notice | undefined
  /** A slip was printed instead of a receipt. */
  readonly onRefused: (dossierId: string) => void
}

export const ReceiveContext = createContext<Receive>({
  receive: () => undefined,
  isSending: false,
  notice: undefined,
  onRefused: () => undefined,
})

export function useReceive(): Receive {
  return useContext(ReceiveContext)
}
