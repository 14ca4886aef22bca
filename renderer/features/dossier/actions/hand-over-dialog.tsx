import { Textarea, TextInput } from '@mantine/core'
import { useForm } from 'react-hook-form'
import { tidyText } from '../../../../shared/core/text-folding.ts'
import { type Dossier, receptionOf } from '../../../../shared/domain/dossier.ts'
import type { Recipient } from '../../../../shared/domain/event.ts'
import { maskPersonalId } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'
import { ActionDialog } from './action-dialog.tsx'
import type { DialogProps } from './add-note-dialog.tsx'
import { RadioRow } from './radio-row.tsx'
import { useCommand } from './use-command.ts'

interface HandOverFields {
  readonly who: 'applicant' | 'delegate' | 'other'
  readonly name: string
  readonly personalId: string
  readonly relation: string
  readonly method: 'counter' | 'postal'
  readonly note: string
}

/** Who took the result. The applicant is offered first: Ctrl Enter is then all there is to do. */
export function HandOverDialog({ dossier, onClose }: DialogProps) {
  const { run, busy, notice } = useCommand()
  const delegate = receptionOf(dossier)?.delegate
  const { register, handleSubmit, watch, formState } = useForm<HandOverFields>({
    defaultValues: {
      who: delegate ? 'delegate' : 'applicant',
      name: '',
      personalId: '',
      relation: '',
      method: receptionOf(dossier)?.delivery ?? 'counter',
      note: '',
    },
  })
  const who = watch('who')
  const nameLabel = t('dossier.handOverDialog.name')

  const submit = handleSubmit(async (fields) => {
    const note = fields.note.normalize('NFC').trim()
    const saved = await run({
      type: 'hand-over',
      dossierId: dossier.id,
      recipient: recipientOf(dossier, fields),
      method: fields.method,
      ...(note ? { note } : {}),
    })
    if (saved) onClose()
  })

  return (
    <ActionDialog
      title={t('dossier.handOverDialog.title')}
      submitLabel={t('dossier.handOverDialog.submit')}
      busy={busy}
      notice={notice}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <RadioRow
        legend={t('dossier.handOverDialog.recipient')}
        field={register('who')}
        autoFocus
        options={[
          {
            value: 'applicant',
            label: t('dossier.handOverDialog.applicant'),
            detail: identityLine(dossier.applicant.name, applicantId(dossier)),
          },
          ...(delegate
            ? [
                {
                  value: 'delegate',
                  label: t('dossier.handOverDialog.delegate'),
                  detail: identityLine(delegate.name, delegate.personalId),
                },
              ]
            : []),
          { value: 'other', label: t('dossier.handOverDialog.other') },
        ]}
      />
      {who === 'other' ? (
        <>
          <TextInput
            {...register('name', {
              validate: (text) => text.trim() !== '' || t('dossier.required', { field: nameLabel.toLowerCase() }),
            })}
            label={nameLabel}
            required
            error={formState.errors.name?.message}
          />
          <TextInput {...register('personalId')} label={t('dossier.handOverDialog.personalId')} inputMode="numeric" />
          <TextInput
            {...register('relation')}
            label={t('dossier.handOverDialog.relation')}
            description={t('dossier.handOverDialog.relationHint')}
          />
        </>
      ) : null}
      <RadioRow
        legend={t('dossier.handOverDialog.method')}
        field={register('method')}
        options={[
          { value: 'counter', label: t('statuses.delivery.counter') },
          { value: 'postal', label: t('statuses.delivery.postal') },
        ]}
      />
      <Textarea {...register('note')} label={t('dossier.handOverDialog.note')} rows={2} />
    </ActionDialog>
  )
}

function applicantId({ applicant }: Dossier): string | undefined {
  return applicant.kind === 'person' ? applicant.personalId : applicant.taxCode
}

/** Masked: the screen may be seen from the other side of the counter (R25). */
function identityLine(name: string, id: string | undefined): string {
  return id ? `${name}, ${maskPersonalId(id.replace(/\s/g, ''))}` : name
}

function recipientOf(dossier: Dossier, fields: HandOverFields): Recipient {
  const delegate = receptionOf(dossier)?.delegate
  if (fields.who === 'delegate' && delegate) {
    return {
      name: delegate.name,
      ...(delegate.personalId ? { personalId: delegate.personalId } : {}),
      relation: t('dossier.handOverDialog.delegate'),
    }
  }
  if (fields.who === 'other') {
    const personalId = fields.personalId.replace(/[\s.]/g, '')
    const relation = tidyText(fields.relation)
    return { name: tidyText(fields.name), ...(personalId ? { personalId } : {}), ...(relation ? { relation } : {}) }
  }
  const id = applicantId(dossier)
  return {
    name: dossier.applicant.name,
    ...(id ? { personalId: id } : {}),
    relation: t('dossier.handOverDialog.applicant'),
  }
}
