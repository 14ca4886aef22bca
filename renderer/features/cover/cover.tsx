import './cover.css'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { t } from '../../text/t.ts'

/**
 * F10 hides the screen from who stands beside the desk until F10 or Esc (R25). What lies under it stays as it was, the
 * caret too. Stands first in the frame: its listener has to be the first, or a covered screen would still obey keys.
 */
export function Cover() {
  const [covered, setCovered] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  const handle = useEffectEvent((event: KeyboardEvent) => {
    const toggles = event.key === 'F10' && !event.ctrlKey && !event.altKey && !event.shiftKey
    if (!covered && !toggles) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.repeat) return
    if (toggles || event.key === 'Escape') setCovered(!covered)
  })
  useEffect(() => {
    window.addEventListener('keydown', handle, true)
    return () => window.removeEventListener('keydown', handle, true)
  }, [])
  useEffect(() => {
    if (covered) dialog.current?.showModal()
    else dialog.current?.close()
  }, [covered])
  return (
    <dialog ref={dialog} className="cover" aria-label={t('frame.cover')} onClose={() => setCovered(false)}>
      <div className="seal" aria-hidden>
        1C
      </div>
      <p>{t('frame.cover')}</p>
    </dialog>
  )
}
