import { createContext, type RefObject, useContext } from 'react'
import type { Instant } from '../../../shared/core/time.ts'
import type { Procedure } from '../../../shared/law/procedure.ts'
import type { AttachedScan, IntakeSession } from './draft-content.ts'

/** What the parts of one intake share. It changes when the procedure does, never while typing. */
export interface Intake {
  /** Everything as it is at this moment: what the draft saves and the command is built from. */
  readonly snapshot: () => IntakeSession
  readonly procedure: Procedure | undefined
  readonly setProcedure: (code: string) => void
  readonly scans: Readonly<Record<string, readonly AttachedScan[]>>
  readonly setScans: (key: string, update: (scans: readonly AttachedScan[]) => readonly AttachedScan[]) => void
  readonly extraDocuments: readonly string[]
  readonly setExtraDocuments: (ids: readonly string[]) => void
  /** Keeps what stands, so that a change to many fields at once can be undone. */
  readonly rememberForUndo: () => void
  readonly now: () => Instant
  /** Files on their way. A receipt waits for them, so that no scan is left behind. */
  readonly uploads: { queue: Promise<void>; failures: number }
  readonly root: RefObject<HTMLFormElement | null>
}

export const IntakeContext = createContext<Intake | undefined>(undefined)

export function useIntake(): Intake {
  const intake = useContext(IntakeContext)
  if (!intake) throw new Error('intake: used outside of its screen')
  return intake
}
