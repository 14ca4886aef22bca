import { type RefObject, useCallback, useEffect } from 'react'
import { isDialogOpen } from '../../ui/dialog-open.ts'
import { isTextField } from '../../ui/is-text-field.ts'

/** The list takes the keys as soon as it is shown, and again with F1 (R1); never away from a search somebody is typing. */
export function useGridFocus(grid: RefObject<HTMLElement | null>): () => void {
  const focus = useCallback(() => grid.current?.focus({ preventScroll: true }), [grid])
  useEffect(() => {
    if (!isDialogOpen() && !isTextField(document.activeElement)) focus()
    function handleKey({ key }: KeyboardEvent): void {
      if (key === 'F1' && !isDialogOpen()) focus()
    }
    window.addEventListener('keydown', handleKey)
    return () => window.removeEventListener('keydown', handleKey)
  }, [focus])
  return focus
}
