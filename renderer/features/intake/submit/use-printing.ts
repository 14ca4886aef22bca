import { useState } from 'react'
import type { DossierId } from '../../../../shared/core/ids.ts'
import type { Failure } from '../../../../shared/ipc/contract.ts'
import { desk } from '../../../app/desk.ts'

type PrintTrouble = Failure<'printing.print' | 'printing.save-pdf'>

export type PrintState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'printing' }
  | { readonly kind: 'printed'; readonly printer: string }
  | { readonly kind: 'failed'; readonly failure: PrintTrouble }
  | { readonly kind: 'pdf-saved' }
  | { readonly kind: 'put-off' }

export interface Printing {
  readonly state: PrintState
  readonly print: (dossierId: string, reprint: boolean) => Promise<void>
  readonly savePdf: (dossierId: string) => Promise<void>
  readonly putOff: () => void
}

/** Printing comes after saving and never touches the dossier: whatever happens here, the number stays. */
export function usePrinting(): Printing {
  const [state, setState] = useState<PrintState>({ kind: 'idle' })
  return {
    state,
    print: async (dossierId, reprint) => {
      setState({ kind: 'printing' })
      const answer = await desk('printing.print', { dossierId: dossierId as DossierId, reprint })
      setState(
        answer.ok ? { kind: 'printed', printer: answer.value.printer } : { kind: 'failed', failure: answer.error },
      )
    },
    savePdf: async (dossierId) => {
      const answer = await desk('printing.save-pdf', { dossierId: dossierId as DossierId, reprint: false })
      if (!answer.ok) setState({ kind: 'failed', failure: answer.error })
      else if (answer.value.saved) setState({ kind: 'pdf-saved' })
    },
    putOff: () => setState({ kind: 'put-off' }),
  }
}
