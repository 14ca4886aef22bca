import { useEffect, useEffectEvent, useState } from 'react'
import type { DraftView } from '../../../shared/ipc/view.ts'
import { desk } from '../../app/desk.ts'
import { type AnyFailure, describeFailure, type Notice } from '../../text/describe-refusal.ts'
import { t } from '../../text/t.ts'
import { isDialogOpen } from '../../ui/dialog-open.ts'
import { isTextField } from '../../ui/is-text-field.ts'
import { announceStatus } from '../../ui/status-announcer.ts'

export interface DiscardedDrafts {
  readonly count: number
  readonly discard: (draft: DraftView) => void
  /** Brings the last one back. */
  readonly undo: () => void
  readonly notice: Notice | undefined
}

/** Drafts discarded from the list can be had back until it is left: undo instead of "Are you sure?" (R8). */
export function useDiscardedDrafts(onDiscarded: () => void): DiscardedDrafts {
  const [discarded, setDiscarded] = useState<readonly DraftView[]>([])
  const [notice, setNotice] = useState<Notice>()
  const last = discarded.at(-1)
  const fail = (failure: AnyFailure) => setNotice(describeFailure(failure))

  async function discard(draft: DraftView): Promise<void> {
    const answer = await desk('drafts.discard', { draftId: draft.id })
    if (!answer.ok) return fail(answer.error)
    setNotice(undefined)
    setDiscarded((all) => [...all, draft])
    announceStatus(t('intake.drafts.discarded'))
    onDiscarded()
  }

  async function bringBack(draft: DraftView): Promise<void> {
    const answer = await desk('drafts.save', { draftId: draft.id, content: draft.content })
    if (!answer.ok) return fail(answer.error)
    setNotice(undefined)
    setDiscarded((all) => all.filter((one) => one !== draft))
    announceStatus(t('intake.drafts.restored'))
  }

  const handleKey = useEffectEvent((event: KeyboardEvent) => {
    if (!event.ctrlKey || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'z') return
    if (!last || event.defaultPrevented || event.repeat || isTextField(event.target) || isDialogOpen()) return
    event.preventDefault()
    void bringBack(last)
  })
  useEffect(() => {
    window.addEventListener('keydown', handleKey)
    return () => window.removeEventListener('keydown', handleKey)
  }, [])

  return {
    count: discarded.length,
    discard: (draft) => void discard(draft),
    undo: () => {
      if (last) void bringBack(last)
    },
    notice,
  }
}
