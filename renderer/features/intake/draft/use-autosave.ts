import { useEffect, useMemo, useRef } from 'react'
import { desk, onHint } from '../../../app/desk.ts'
import { type Cell, createCell } from '../../../store/cell.ts'
import { describeFailure } from '../../../text/describe-refusal.ts'
import { formatTimeWithSeconds } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'
import { announceStatus } from '../../../ui/status-announcer.ts'
import { draftContentOf, type IntakeSession } from '../draft-content.ts'
import { createSaver, type Saver, type SaveState } from './saver.ts'

/** `state` is a cell, so that a save renders a status line and no input (R7). */
export interface Autosave extends Saver {
  readonly state: Cell<SaveState>
}

/**
 * Saves the draft within a second of the last key, when a field is left, and whenever the page may be about to go:
 * hidden, closing, line or power changed (R6). Words go out of the form only; nothing comes back in while it is open.
 */
export function useAutosave(snapshot: () => IntakeSession, onFirstSave: () => void): Autosave {
  const latest = useRef({ snapshot, onFirstSave })
  latest.current = { snapshot, onFirstSave }

  const autosave = useMemo<Autosave>(() => {
    const state = createCell<SaveState>({ kind: 'untouched' })
    let saved = false
    const saver = createSaver({
      save: async () => {
        const session = latest.current.snapshot()
        const answer = await desk('drafts.save', { draftId: session.draftId, content: draftContentOf(session) })
        if (answer.ok && !saved) {
          saved = true
          latest.current.onFirstSave()
        }
        return answer
      },
      onState: (next) => {
        state.set(next)
        if (next.kind === 'saved') announceStatus(t('intake.drafts.saved', { time: formatTimeWithSeconds(next.at) }))
        if (next.kind === 'failed') {
          announceStatus(t('intake.drafts.failed', { reason: describeFailure(next.failure).title }))
        }
      },
    })
    return { ...saver, state }
  }, [])

  useEffect(() => {
    const flush = () => void autosave.flush()
    const stopHints = onHint(['closing', 'exchange', 'status'], flush)
    const targets: readonly [EventTarget, string][] = [
      [document, 'visibilitychange'],
      [window, 'pagehide'],
      [window, 'blur'],
      [window, 'offline'],
      [window, 'online'],
    ]
    for (const [target, type] of targets) target.addEventListener(type, flush)
    return () => {
      stopHints()
      for (const [target, type] of targets) target.removeEventListener(type, flush)
      flush()
    }
  }, [autosave])

  return autosave
}
