import { useEffect, useEffectEvent } from 'react'
import { isTextField } from '../ui/is-text-field.ts'
import { palette } from '../ui/palette-store.ts'
import { navigate } from './route.ts'

/** Function keys work everywhere; "?" never inside a text field. Letters alone are nobody's shortcut here. */
export function useGlobalKeys(onHelp: () => void): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
    const run = actionOf(event, onHelp)
    if (!run) return
    event.preventDefault()
    run()
  })
  useEffect(() => {
    window.addEventListener('keydown', handle)
    return () => window.removeEventListener('keydown', handle)
  }, [])
}

function actionOf(event: KeyboardEvent, onHelp: () => void): (() => void) | undefined {
  switch (event.key) {
    case 'F1':
      return () => navigate({ page: 'work-list' })
    case 'F2':
      return () => navigate({ page: 'intake' })
    case 'F3':
      return palette.open
    case 'F8':
      return () => navigate({ page: 'outbox' })
    case '?':
      return isTextField(event.target) ? undefined : onHelp
    default:
      return undefined
  }
}
