import type { DossierView } from '../../../shared/ipc/view.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { findReturned, useTimeline } from './use-timeline.ts'

export interface ReturnedDialogProps {
  readonly view: DossierView
  readonly onClose: () => void
}

/** Opens what came back of a dossier, one piece after the other. */
export function ReturnedDialog({ view, onClose }: ReturnedDialogProps) {
  const { entries } = useTimeline(view)
  const returned = entries && findReturned(entries)
  if (!entries || !returned) return null
  return <ConflictDialog key={returned.eventId} view={view} returned={returned} entries={entries} onClose={onClose} />
}
