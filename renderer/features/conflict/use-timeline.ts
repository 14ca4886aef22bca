import { useEffect, useState } from 'react'
import type { DossierView, TimelineEntry } from '../../../shared/ipc/view.ts'
import { desk } from '../../app/desk.ts'
import { useIsSending } from '../../store/sending.ts'
import { describeFailure, type Notice } from '../../text/describe-refusal.ts'

/** Diễn biến of a dossier, read from the journal when asked and again whenever the dossier moved or is sent. */
export function useTimeline({ id, position }: DossierView): {
  readonly entries: readonly TimelineEntry[] | undefined
  readonly notice: Notice | undefined
} {
  const [entries, setEntries] = useState<readonly TimelineEntry[]>()
  const [notice, setNotice] = useState<Notice>()
  const isSending = useIsSending(id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: position and sending mean that there is something new to read.
  useEffect(() => {
    let current = true
    void desk('dossier.timeline', { dossierId: id }).then((answer) => {
      if (!current) return
      if (answer.ok) setEntries(answer.value)
      setNotice(answer.ok ? undefined : describeFailure(answer.error))
    })
    return () => {
      current = false
    }
  }, [id, position, isSending])
  return { entries, notice }
}

/** The oldest returned work nobody has answered: it comes first, because the later one may hang on it. */
export function findReturned(entries: readonly TimelineEntry[]): TimelineEntry | undefined {
  return entries.find(({ own, exchange, answeredBy }) => own && exchange === 'returned' && answeredBy === undefined)
}
