import { useEffect, useEffectEvent, useRef } from 'react'
import { createWedgeBurst, type WedgeBurst } from './wedge-burst.ts'

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
export function useWedgeScanner<T>({ keep, restore, onScan }: WedgeScannerOptions<T>): void {
  const burst = useRef<WedgeBurst>(undefined)
  const before = useRef<FocusSnapshot<T>>(undefined)

  const handleKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    burst.current ??= createWedgeBurst()
    const step = burst.current.feed(event.key, event.timeStamp)
    if (step.kind === 'start') before.current = { ...focused(), kept: keep() }
    if (step.kind !== 'scan' || !before.current) return
    event.preventDefault()
    event.stopPropagation()
    restore(before.current.kept)
    refocus(before.current)
    onScan(step.text, before.current.element)
  })

  useEffect(() => {
    const listener = (event: KeyboardEvent) => handleKey(event)
    window.addEventListener('keydown', listener, true)
    return () => window.removeEventListener('keydown', listener, true)
  }, [])
}

function focused(): { element: HTMLElement | null; selection: number | null } {
  const element = document.activeElement instanceof HTMLElement ? document.activeElement : null
  const hasCaret =
    element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text')
  return { element, selection: hasCaret ? element.selectionStart : null }
}

function refocus({ element, selection }: FocusSnapshot<unknown>): void {
  if (document.activeElement !== element) element?.focus()
  if (selection === null) return
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    element.setSelectionRange(selection, selection)
  }
}
