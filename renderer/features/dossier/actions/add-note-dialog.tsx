import { Textarea } from '@mantine/core'
import { useForm } from 'react-hook-form'
import type { Dossier } from '../../../../shared/domain/dossier.ts'
import { t } from '../../../text/t.ts'
import { ActionDialog } from './action-dialog.tsx'
import { useCommand } from './use-command.ts'

export interface DialogProps {
  readonly dossier: Dossier
  readonly onClose: () => void
}

export function AddNoteDialog({ dossier, onClose }: DialogProps) {
  const { run, busy, notice } = useCommand()
  const { register, handleSubmit, formState } = useForm<{ readonly text: string }>()
  const label = t('dossier.noteDialog.text')

  const submit = handleSubmit(async ({ text }) => {
    const saved = await run({ type: 'add-note', dossierId: dossier.id, text: text.normalize('NFC').trim() })
    if (saved) onClose()
  })

  return (
    <ActionDialog
      title={t('dossier.noteDialog.title')}
      submitLabel={t('dossier.noteDialog.submit')}
      busy={busy}
      notice={notice}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Textarea
        {...register('text', {
          validate: (text) => text.trim() !== '' || t('dossier.required', { field: label.toLowerCase() }),
        })}
        label={label}
        required
        rows={4}
        data-autofocus
        error={formState.errors.text?.message}
      />
    </ActionDialog>
  )
}
