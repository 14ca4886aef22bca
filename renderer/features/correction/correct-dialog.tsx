import './correction.css'
import { Button, Modal, Textarea } from '@mantine/core'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { FormProvider } from 'react-hook-form'
import type { Dossier } from '../../../shared/domain/dossier.ts'
import { FormChecksContext } from '../../forms/form-checks.ts'
import { FieldGrid } from '../../forms/form-field.tsx'
import { focusField, moveOnWithEnter } from '../../forms/move-on.ts'
import { useDeskStatus } from '../../store/use-desk-status.ts'
import { findDossierProcedure } from '../../store/use-procedures.ts'
import { useReference } from '../../store/use-reference.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { useCarefulClose } from '../../ui/use-careful-close.tsx'
import { useCommand } from '../dossier/actions/use-command.ts'
import { correctionGroups, formGroupOf, groupsOfRole } from './correction-fields.ts'
import { useCorrectionForm } from './use-correction-form.ts'

export interface CorrectDialogProps {
  readonly dossier: Dossier
  readonly onClose: () => void
}

/** Sửa thông tin: the dossier as it is, to be put right field by field. Old and new texts both stay in the history. */
export function CorrectDialog({ dossier, onClose }: CorrectDialogProps) {
  const { catalogue } = useReference()
  const role = useDeskStatus()?.staff?.role
  const procedure = findDossierProcedure(catalogue, dossier.procedure)
  // Laid out once: what comes in meanwhile is told when it is saved, and never moves a field under the hand.
  const [opened] = useState(dossier)
  const groups = useMemo(
    () => (role ? groupsOfRole(correctionGroups(opened, procedure), role) : []),
    [opened, procedure, role],
  )
  const { form, checks, changes, problems, catchUp } = useCorrectionForm(opened, procedure, groups)
  const { run, busy, notice } = useCommand()
  const [unchanged, setUnchanged] = useState(false)
  const [refused, setRefused] = useState(false)
  // What somebody else wrote may reach the page after the refusal that speaks of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a refusal, and news after it, are caught up with.
  useEffect(() => {
    if (refused) catchUp(dossier)
  }, [refused, dossier])
  const element = useRef<HTMLFormElement>(null)
  const isTyped = () => changes().length > 0 || Boolean(form.getValues('reason'))
  const { close, question } = useCarefulClose(isTyped, onClose)

  /** The dialog begins at its first field, not at its closing cross. */
  const attach = useCallback((form: HTMLFormElement | null) => {
    element.current = form
    form?.querySelector('input, select, textarea')?.setAttribute('data-autofocus', 'true')
  }, [])

  async function submit(): Promise<void> {
    const wrong = problems()
    for (const { name, text } of wrong) form.setError(name, { type: 'check', message: text })
    const first = wrong[0]
    if (first) return void (element.current && focusField(element.current, first.name))
    const changed = changes()
    setUnchanged(changed.length === 0)
    if (changed.length === 0) return
    const reason = (form.getValues('reason') ?? '').normalize('NFC').trim()
    const saved = await run({
      type: 'correct-dossier',
      dossierId: opened.id,
      changes: [...changed],
      ...(reason ? { reason } : {}),
    })
    setRefused(!saved)
    if (saved) onClose()
  }

  function handleKey(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault()
      element.current?.requestSubmit()
    } else moveOnWithEnter(event)
  }

  return (
    <Modal
      opened
      onClose={close}
      title={t('correction.title')}
      size={860}
      closeButtonProps={{ 'aria-label': t('dossier.close') }}
    >
      <FormProvider {...form}>
        <FormChecksContext value={checks}>
          <form
            ref={attach}
            className="action-form"
            noValidate
            onKeyDown={handleKey}
            onSubmit={(event) => {
              event.preventDefault()
              if (!busy) void submit()
            }}
          >
            {groups.map(({ title, prefix, fields }) => (
              <fieldset key={`${prefix}-${title}`} className="correction-group">
                <legend>{title}</legend>
                <FieldGrid group={formGroupOf(prefix)} fields={fields} />
              </fieldset>
            ))}
            <Textarea {...form.register('reason')} label={t('correction.reason')} rows={2} />
            {notice ? <NoticeBox notice={notice} /> : null}
            {question}
            {unchanged ? (
              <p role="status" className="small muted">
                {t('correction.unchanged')}
              </p>
            ) : null}
            <div className="action-buttons">
              <Button
                type="submit"
                loading={busy}
                data-after-last
                rightSection={<span className="key-on-fill">Ctrl Enter</span>}
              >
                {t('correction.submit')}
              </Button>
              <Button variant="default" onClick={close}>
                {t('dossier.cancel')}
              </Button>
            </div>
          </form>
        </FormChecksContext>
      </FormProvider>
    </Modal>
  )
}
