import { Textarea, TextInput } from '@mantine/core'
import { useForm } from 'react-hook-form'
import { tidyText } from '../../../../shared/core/text-folding.ts'
import { findDossierProcedure } from '../../../store/use-procedures.ts'
import { useReference } from '../../../store/use-reference.ts'
import { t } from '../../../text/t.ts'
import { ActionDialog } from './action-dialog.tsx'
import type { DialogProps } from './add-note-dialog.tsx'
import { useCommand } from './use-command.ts'

interface FinishFields {
  readonly name: string
  readonly number: string
  readonly note: string
}

/** The result is there: named as the procedure names it. */
export function FinishDialog({ dossier, onClose }: DialogProps) {
  const { catalogue } = useReference()
  const { run, busy, notice } = useCommand()
  const name = findDossierProcedure(catalogue, dossier.procedure)?.deliverable.name ?? ''
  const { register, handleSubmit, formState } = useForm<FinishFields>({ defaultValues: { name, number: '', note: '' } })
  const nameLabel = t('dossier.finishDialog.name')

  const submit = handleSubmit(async (fields) => {
    const number = tidyText(fields.number)
    const note = fields.note.normalize('NFC').trim()
    const saved = await run({
      type: 'finish-dossier',
      dossierId: dossier.id,
      deliverable: { name: tidyText(fields.name), ...(number ? { number } : {}) },
      ...(note ? { note } : {}),
    })
    if (saved) onClose()
  })

  return (
    <ActionDialog
      title={t('dossier.finishDialog.title')}
      submitLabel={t('dossier.finishDialog.submit')}
      busy={busy}
      notice={notice}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextInput
        {...register('name', {
          validate: (text) => text.trim() !== '' || t('dossier.required', { field: nameLabel.toLowerCase() }),
        })}
        label={nameLabel}
        required
        error={formState.errors.name?.message}
      />
      <TextInput {...register('number')} label={t('dossier.finishDialog.number')} data-autofocus />
      <Textarea {...register('note')} label={t('dossier.finishDialog.note')} rows={2} />
    </ActionDialog>
  )
}
