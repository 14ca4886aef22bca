import { type ReactNode, useState } from 'react'
import { t } from '../text/t.ts'
import { NoticeBox } from './notice-box.tsx'

/** Closing a dialog with something typed in it asks once: a slip of the mouse or of Esc must not cost a form. */
export function useCarefulClose(
  isTyped: () => boolean,
  onClose: () => void,
): { readonly close: () => void; readonly question: ReactNode } {
  const [asked, setAsked] = useState(false)
  const notice = { title: t('frame.unsavedTitle'), action: t('frame.unsavedAction') }
  return {
    close: () => (asked || !isTyped() ? onClose() : setAsked(true)),
    question: asked ? <NoticeBox tone="gold" notice={notice} /> : null,
  }
}
