import { useEffect, useEffectEvent } from 'react'
import { isDialogOpen } from './dialog-open.ts'

/**
 * Ctrl Enter is the one primary action of a screen (R3), wherever on it the keys are. Under a dialog it belongs to the dialog,
 * and a key held down acts once.
 */
export function usePrimaryKey(act: (() => void) | undefined): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !event.ctrlKey || event.altKey || event.shiftKey || event.metaKey) return
    if (!act || event.defaultPrevented || event.isComposing || isDialogOpen()) return
    // A focused button would be pressed by the same key.
    event.preventDefault()
    if (!event.repeat) act()
  })
  useEffect(() => {
    window.addEventListener('keydown', handle)
    return () => window.removeEventListener('keydown', handle)
  }, [])
}
