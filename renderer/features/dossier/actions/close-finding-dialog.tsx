import { Textarea } from '@mantine/core'
import { useForm } from 'react-hook-form'
import type { DossierView, TimelineEntry } from '../../../../shared/ipc/view.ts'
import { describeFinding } from '../../../text/describe-verdict.ts'
import { t } from '../../../text/t.ts'
import { useTimeline } from '../../conflict/use-timeline.ts'
import { describeEvent } from '../describe-event.ts'
import { ActionDialog } from './action-dialog.tsx'
import { useCommand } from './use-command.ts'

export interface CloseFindingDialogProps {
  readonly view: DossierView
  readonly onClose: () => void
}

/** A leader looked at what the upper tier found: the act stands, the opinion is written down beside it. */
export function CloseFindingDialog({ view, onClose }: CloseFindingDialogProps) {
  const { entries } = useTimeline(view)
  const found = entries && findOpenFinding(view, entries)
  return found ? <Opinion view={view} found={found} onClose={onClose} /> : null
}

function Opinion({ view, found, onClose }: CloseFindingDialogProps & { readonly found: TimelineEntry }) {
  const { run, busy, notice } = useCommand()
  const { register, handleSubmit, formState } = useForm<{ readonly note: string }>()
  const label = t('correction.closeFindingNote')

  const submit = handleSubmit(async ({ note }) => {
    const { id: dossierId } = view.dossier
    const text = note.normalize('NFC').trim()
    if (await run({ type: 'close-finding', dossierId, findingOf: found.eventId, note: text })) onClose()
  })

  return (
    <ActionDialog
      title={t('correction.closeFindingTitle')}
      submitLabel={t('correction.closeFindingSubmit')}
      busy={busy}
      notice={notice}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <p>
        {describeEvent(found)}
        <br />
        <b>{found.findings.map(describeFinding).join(' ')}</b>
      </p>
      <Textarea
        {...register('note', {
          validate: (note) => note.trim() !== '' || t('dossier.required', { field: label.toLowerCase() }),
        })}
        label={label}
        required
        rows={3}
        data-autofocus
        error={formState.errors.note?.message}
      />
    </ActionDialog>
  )
}

function findOpenFinding({ dossier }: DossierView, entries: readonly TimelineEntry[]): TimelineEntry | undefined {
  const closed = new Set(dossier.closedFindings?.map(({ findingOf }) => findingOf))
  return entries.find(({ eventId, findings }) => findings.length > 0 && !closed.has(eventId))
}
