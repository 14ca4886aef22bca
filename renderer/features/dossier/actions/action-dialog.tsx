import { Button, Modal } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, type ReactNode, useRef } from 'react'
import { moveOnWithEnter } from '../../../forms/move-on.ts'
import type { Notice } from '../../../text/describe-refusal.ts'
import { t } from '../../../text/t.ts'
import { NoticeBox } from '../../../ui/notice-box.tsx'
import { useCarefulClose } from '../../../ui/use-careful-close.tsx'

export interface ActionDialogProps {
  readonly title: string
  readonly submitLabel: string
  readonly busy: boolean
  readonly notice: Notice | undefined
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A small form over the screen: Enter moves on, Ctrl Enter is the one primary action, Esc closes (R3), and asks once when something was typed. */
export function ActionDialog({ title, submitLabel, busy, notice, onSubmit, onClose, children }: ActionDialogProps) {
  const form = useRef<HTMLFormElement>(null)
  const typed = useRef(false)
  const { close, question } = useCarefulClose(() => typed.current, onClose)

  /** A choice is made again with one key; words are not. */
  function noteTyping({ target }: FormEvent<HTMLFormElement>): void {
    if (!(target instanceof HTMLInputElement && target.type === 'radio')) typed.current = true
  }

  function handleKey(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault()
      // Held down, the key that opened the dialog must not also send it.
      if (!event.repeat) form.current?.requestSubmit()
    } else moveOnWithEnter(event)
  }

  return (
    <Modal opened onClose={close} title={title} size={460} closeButtonProps={{ 'aria-label': t('dossier.close') }}>
      <form
        ref={form}
        className="action-form"
        noValidate
        onKeyDown={handleKey}
        onInput={noteTyping}
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) onSubmit()
        }}
      >
        {children}
        {notice ? <NoticeBox notice={notice} /> : null}
        {question}
        <div className="action-buttons">
          <Button
            type="submit"
            loading={busy}
            data-after-last
            rightSection={<span className="key-on-fill">Ctrl Enter</span>}
          >
            {submitLabel}
          </Button>
          <Button variant="default" onClick={close}>
            {t('dossier.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
