import { useCallback, useEffect, useState } from 'react'
import type { DraftId } from '../../../shared/core/ids.ts'
import type { DraftView } from '../../../shared/ipc/view.ts'
import { desk } from '../../app/desk.ts'
import { useRoute } from '../../app/route.ts'
import type { AnyFailure } from '../../text/describe-refusal.ts'
import { type IntakeSession, newSession, readDraft } from './draft-content.ts'

export type OpenIntake =
  | { readonly kind: 'loading' }
  | { readonly kind: 'open'; readonly session: IntakeSession }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'failed'; readonly failure: AnyFailure }

/**
 * The intake the address asks for. A draft is read once, when it is opened; after that nothing comes back into the form,
 * and the address taking on the id of its own first save changes nothing.
 */
export function useIntakeSession(): { readonly open: OpenIntake; readonly start: (session: IntakeSession) => void } {
  const route = useRoute()
  const draftId = route.page === 'intake' ? route.draftId : undefined
  const procedureCode = route.page === 'intake' ? route.procedureCode : undefined
  const [open, setOpen] = useState<OpenIntake>(() =>
    draftId ? { kind: 'loading' } : { kind: 'open', session: newSession(procedureCode) },
  )
  const [address, setAddress] = useState({ draftId, procedureCode })
  const openId = open.kind === 'open' ? open.session.draftId : undefined

  if (address.draftId !== draftId || address.procedureCode !== procedureCode) {
    setAddress({ draftId, procedureCode })
    if (draftId === undefined) setOpen({ kind: 'open', session: newSession(procedureCode) })
    else if (draftId !== openId) setOpen({ kind: 'loading' })
  }

  const wanted = open.kind === 'loading' ? draftId : undefined
  useEffect(() => {
    if (wanted === undefined) return
    let isCurrent = true
    void openDraft(wanted).then((answer) => {
      if (isCurrent) setOpen(answer)
    })
    return () => {
      isCurrent = false
    }
  }, [wanted])

  const start = useCallback((session: IntakeSession) => setOpen({ kind: 'open', session }), [])
  return { open, start }
}

async function openDraft(draftId: DraftId): Promise<OpenIntake> {
  const answer = await desk('drafts.list')
  if (!answer.ok) return { kind: 'failed', failure: answer.error }
  const draft = answer.value.find(({ id }: DraftView) => id === draftId)
  if (!draft) return { kind: 'not-found' }
  const session = readDraft(draft)
  return session ? { kind: 'open', session } : { kind: 'unreadable' }
}
