import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { CommandType } from '../../../../shared/domain/command.ts'
import { correctableFields, findFieldPlace } from '../../../../shared/domain/correction.ts'
import { refusalFor } from '../../../../shared/domain/decide.ts'
import type { Dossier } from '../../../../shared/domain/dossier.ts'
import { mayCorrect } from '../../../../shared/domain/permissions.ts'
import type { Role } from '../../../../shared/law/staff.ts'
import { useDeskStatus } from '../../../store/use-desk-status.ts'
import { t } from '../../../text/t.ts'
import { NoticeBox } from '../../../ui/notice-box.tsx'
import { usePrimaryKey } from '../../../ui/use-primary-key.ts'
import { CorrectDialog } from '../../correction/correct-dialog.tsx'
import { AddNoteDialog } from './add-note-dialog.tsx'
import { FinishDialog } from './finish-dialog.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'
import { type MoreItem, MoreMenu } from './more-menu.tsx'
import { useCommand } from './use-command.ts'

export interface DossierActionsProps {
  readonly dossier: Dossier
  /** The work list opens the hand-over with the key T. */
  readonly handOver: boolean
  readonly onHandOver: (open: boolean) => void
  /** In a column with keys at the right; otherwise in a row. */
  readonly stacked?: boolean
  /** Further buttons in the same place. */
  readonly children?: ReactNode
  /** Further entries of the menu of a row. */
  readonly more?: readonly MoreItem[]
}

/** What this officer may do with this dossier now, the main thing first. */
export function DossierActions(props: DossierActionsProps) {
  const { dossier, handOver, onHandOver, stacked = false, children, more = [] } = props
  const [open, setOpen] = useState<'finish' | 'note' | 'correct'>()
  const role = useDeskStatus()?.staff?.role
  const start = useCommand()
  const may = (type: CommandType) =>
    role !== undefined && refusalFor(dossier, { type, dossierId: dossier.id }, role) === undefined
  const primary = (['hand-over', 'finish-dossier', 'start-processing'] as const).find(may)
  const orders = {
    'hand-over': () => onHandOver(true),
    'finish-dossier': () => setOpen('finish'),
    'start-processing': () => void start.run({ type: 'start-processing', dossierId: dossier.id }),
  }
  usePrimaryKey(primary && !start.busy ? orders[primary] : undefined)
  if (!role) return null
  const look = (type: CommandType) => ({
    variant: type === primary ? 'filled' : 'default',
    justify: stacked ? 'space-between' : 'center',
    rightSection: stacked && type === primary ? <span className="key-on-fill">Ctrl Enter</span> : undefined,
  })
  const close = () => setOpen(undefined)
  const besides: readonly MoreItem[] = [
    ...(may('correct-dossier') && hasCorrectable(dossier, role)
      ? [{ label: t('correction.open'), run: () => setOpen('correct') }]
      : []),
    ...(may('add-note') ? [{ label: t('dossier.addNote'), run: () => setOpen('note') }] : []),
  ]
  return (
    <>
      {start.notice ? <NoticeBox notice={start.notice} /> : null}
      <fieldset className={stacked ? 'actions' : 'head-actions'} aria-label={t('dossier.actions')}>
        {may('start-processing') ? (
          <Button {...look('start-processing')} loading={start.busy} onClick={orders['start-processing']}>
            {t('dossier.start')}
          </Button>
        ) : null}
        {may('finish-dossier') ? (
          <Button {...look('finish-dossier')} onClick={orders['finish-dossier']}>
            {t('dossier.finish')}
          </Button>
        ) : null}
        {may('hand-over') ? (
          <Button {...look('hand-over')} onClick={orders['hand-over']}>
            {t('dossier.handOver')}
          </Button>
        ) : null}
        {children}
        {stacked ? (
          besides.map(({ label, run }) => (
            <Button key={label} variant="default" justify="space-between" onClick={run}>
              {label}
            </Button>
          ))
        ) : (
          <MoreMenu items={[...more, ...besides]} />
        )}
      </fieldset>
      {primary || !stacked ? null : (
        <p className="small muted">{t('dossier.noActions', { role: t(`statuses.role.${role}`) })}</p>
      )}
      {open === 'finish' ? <FinishDialog dossier={dossier} onClose={close} /> : null}
      {open === 'note' ? <AddNoteDialog dossier={dossier} onClose={close} /> : null}
      {open === 'correct' ? <CorrectDialog dossier={dossier} onClose={close} /> : null}
      {handOver && may('hand-over') ? <HandOverDialog dossier={dossier} onClose={() => onHandOver(false)} /> : null}
    </>
  )
}

/** A specialist corrects the result; before there is one, nothing of the dossier is theirs to correct. */
function hasCorrectable(dossier: Dossier, role: Role): boolean {
  return correctableFields(dossier).some((field) => {
    const part = findFieldPlace(field)?.part
    return part !== undefined && mayCorrect(role, part)
  })
}
