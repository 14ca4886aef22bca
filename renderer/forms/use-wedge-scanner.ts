import { useEffect, useRef } from 'react'
import { createWedgeBurst } from './wedge-burst.ts'

interface FocusSnapshot<T> {
  readonly element: HTMLElement | null
  readonly selection: number | null
  readonly kept: T
}

interface WedgeScannerOptions<T> {
  /** Keeps the form as it is; called before the burst's first letter lands. */
  readonly keep: () => T
  /** Puts the form back: the burst wrote into whatever had the focus. */
  readonly restore: (kept: T) => void
  readonly onScan: (text: string, focused: HTMLElement | null) => void
}

/** Listens for a keyboard-wedge scanner anywhere on the screen. No letter key is ever held back. */
export function useWedgeScanner<T>(options: WedgeScannerOptions<T>): void {
  const latest = useRef(options)
  latest.current = options
  useEffect(() => {
    const burst = createWedgeBurst()
    let before: FocusSnapshot<T> | undefined
    function handleKey(event: KeyboardEvent): void {
      if (event.ctrlKey || event.altKey || event.metaKey) return
      const step = burst.feed(event.key, event.timeStamp)
      if (step.kind === 'start') before = { ...focused(), kept: latest.current.keep() }
      if (step.kind !== 'scan' || !before) return
      event.preventDefault()
      event.stopPropagation()
      latest.current.restore(before.kept)
      refocus(before)
      latest.current.onScan(step.text, before.element)
    }
    window.addEventListener('keydown', handleKey, true)
    return () => window.removeEventListener('keydown', handleKey, true)
  }, [])
}

function focused(): { element: HTMLElement | null; selection: number | null } {
  const element = document.activeElement instanceof HTMLElement ? document.activeElement : null
  const hasCaret = element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text')
  return { element, selection: hasCaret ? element.selectionStart : null }
}

function refocus({ element, selection }: FocusSnapshot<unknown>): void {
  if (document.activeElement !== element) element?.focus()
  if (selection === null) return
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    element.setSelectionRange(selection, selection)
  }
}
