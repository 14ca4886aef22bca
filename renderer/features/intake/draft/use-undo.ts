import { useCallback, useRef, useState } from 'react'
import type { IntakeSession } from '../draft-content.ts'

export interface Undo {
  readonly canUndo: boolean
  /** True when nothing was typed since: then Ctrl Z means the last big change, not the last letter. */
  readonly isLatest: () => boolean
  readonly remember: () => void
  readonly typed: () => void
  readonly undo: () => void
}

const deepest = 20

/** Undo of changes to many fields at once: copied person, scan, "all documents", procedure. Letters have the browser's own. */
export function useUndo(snapshot: () => IntakeSession, restore: (session: IntakeSession) => void): Undo {
  const stack = useRef<IntakeSession[]>([])
  const typedSince = useRef(false)
  const [depth, setDepth] = useState(0)

  const isLatest = useCallback(() => stack.current.length > 0 && !typedSince.current, [])
  const remember = useCallback(() => {
    stack.current = [...stack.current.slice(1 - deepest), snapshot()]
    typedSince.current = false
    setDepth(stack.current.length)
  }, [snapshot])
  const typed = useCallback(() => {
    typedSince.current = true
  }, [])

  function undo(): void {
    const last = stack.current.pop()
    setDepth(stack.current.length)
    if (last) restore(last)
  }

  return { canUndo: depth > 0, isLatest, remember, typed, undo }
}
