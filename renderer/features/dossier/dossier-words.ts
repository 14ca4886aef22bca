import { dateOf, type Instant } from '../../../shared/core/time.ts'
import { shortNumber } from '../../../shared/domain/numbering.ts'
import type { TimelineEntry } from '../../../shared/ipc/view.ts'
import type { ListedDossier, ListedState } from '../../store/dossier-row.ts'
import { type DueWords, dueWords, formatDayMonth } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import type { TagTone } from '../../ui/tag.tsx'

/** When the next thing is due, or what became of it. */
export function dueWordsOf({ state }: ListedDossier, now: Instant): DueWords {
  switch (state.status) {
    case 'received':
    case 'in-processing':
      return dueWords(state.reception.due.dueAt, now)
    case 'finished':
      return { text: t('statuses.due.finished'), tone: 'green' }
    case 'handed-over':
      return { text: t('statuses.due.handedOver', { day: formatDayMonth(dateOf(state.handedOverAt)) }), tone: 'plain' }
    case 'refused':
      return { text: t('statuses.due.refused', { day: formatDayMonth(dateOf(state.refusedAt)) }), tone: 'plain' }
  }
}

const stepTones = {
  received: 'plain',
  'in-processing': 'blue',
  finished: 'green',
  'handed-over': 'plain',
  refused: 'plain',
} as const satisfies Record<ListedState['status'], TagTone>

export function stepToneOf({ state }: ListedDossier): TagTone {
  return stepTones[state.status]
}

/** Where something was done: this desk, another one of this unit by name, or elsewhere. */
export function placeOf({ own, deskName }: TimelineEntry): string {
  return own ? t('dossier.ownDesk') : (deskName ?? t('dossier.otherDesk'))
}

/** Who has it now: an officer by name, otherwise the place. */
export function holderOf({ state }: ListedDossier, staffName: (id: string) => string | undefined): string {
  switch (state.status) {
    case 'received':
      return t('workList.holder.processing')
    case 'in-processing':
      return staffName(state.staffId) ?? t('statuses.role.specialist')
    case 'finished':
      return t('workList.holder.reception')
    case 'handed-over':
      return state.recipient.name
    case 'refused':
      return t('workList.holder.recipient')
  }
}

export function shortNumberOf({ state }: ListedDossier): string {
  return state.status === 'refused' ? t('workList.noNumber') : shortNumber(state.reception.number.text)
}
