import type { ReactNode } from 'react'
import type { Autosave } from '../draft/use-autosave.ts'
import { PrintFailedDialog } from './print-failed-dialog.tsx'
import { ReceiveContext } from './receive-context.ts'
import { SuccessPanel } from './success-panel.tsx'
import { useReceiveFlow } from './use-receive-flow.ts'

interface ReceiveFlowProps {
  readonly saver: Autosave
  readonly onStart: () => void
  readonly children: ReactNode
}

/** The form until main has stored the dossier; after that what was stored, and the way on. */
export function ReceiveFlow({ saver, onStart, children }: ReceiveFlowProps) {
  const flow = useReceiveFlow(saver)
  if (!flow.stored) return <ReceiveContext value={flow}>{children}</ReceiveContext>
  return (
    <>
      <SuccessPanel stored={flow.stored} printing={flow.printing} onStart={onStart} />
      <PrintFailedDialog stored={flow.stored} printing={flow.printing} />
    </>
  )
}
