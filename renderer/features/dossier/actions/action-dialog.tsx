import { Button, Modal } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { moveOnWithEnter } from '../../../forms/move-on.ts'
import type { Notice } from '../../../text/describe-refusal.ts'
import { t } from '../../../text/t.ts'
import { NoticeBox } from '../../../ui/notice-box.tsx'

export interface ActionDialogProps {
  readonly title: string
  readonly submitLabel: string
  readonly busy: boolean
  readonly notice: Notice | undefined
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A small form over the screen: Enter moves on, Ctrl Enter is the one primary action, Esc closes (R3). */
export function ActionDialog({ title, submitLabel, busy, notice, onSubmit, onClose, children }: ActionDialogProps) {
  const form = useRef<HTMLFormElement>(null)

  function handleKey(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault()
      form.current?.requestSubmit()
    } else moveOnWithEnter(event)
  }

  return (
    <Modal opened onClose={onClose} title={title} size={460} closeButtonProps={{ 'aria-label': t('dossier.close') }}>
      <form
        ref={form}
        className="action-form"
        noValidate
        onKeyDown={handleKey}
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) onSubmit()
        }}
      >
        {children}
        {notice ? <NoticeBox notice={notice} /> : null}
        <div className="action-buttons">
          <Button
            type="submit"
            loading={busy}
            data-after-last
            rightSection={<span className="key-on-fill">Ctrl Enter</span>}
          >
            {submitLabel}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('dossier.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
