import { type EventBody, type EventType, eventBodies, isKnownEventType } from '../../../shared/domain/event.ts'
import { shortNumber } from '../../../shared/domain/numbering.ts'
import type { TimelineEntry } from '../../../shared/ipc/view.ts'
import { formatMoment } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { workWords } from '../outbox/work-words.ts'

/** One line of Diễn biến in words. An event of a newer app is shown as such, never dropped. */
export function describeEvent({ type, body }: Pick<TimelineEntry, 'type' | 'body'>): string {
  if (!isKnownEventType(type)) return t('dossier.event.unknown')
  const read = eventBodies[type].safeParse(body)
  if (!read.success) return t('dossier.event.unknown')
  return wordsOf[type](read.data as never)
}

const wordsOf: { readonly [T in EventType]: (body: EventBody<T>) => string } = {
  'dossier-received': ({ number, due }) =>
    t('dossier.event.received', { number: shortNumber(number.text), due: formatMoment(due.dueAt) }),
  'intake-refused': ({ reason }) => t('dossier.event.refused', { reason }),
  'processing-started': ({ note }) => withNote(t('dossier.event.started'), note),
  'dossier-finished': ({ deliverable: { name, number }, note }) =>
    withNote(
      number ? t('dossier.event.finishedNumbered', { name, number }) : t('dossier.event.finished', { name }),
      note,
    ),
  'deliverable-handed-over': ({ recipient: { name, relation }, note }) =>
    withNote(
      relation ? t('dossier.event.handedOverRelation', { name, relation }) : t('dossier.event.handedOver', { name }),
      note,
    ),
  'note-added': ({ text }) => t('dossier.event.note', { text }),
  'dossier-corrected': ({ reason, resolves }) =>
    resolves ? t('correction.eventChosen') : reason ? t('correction.eventReason', { reason }) : t('correction.event'),
  'returned-withdrawn': ({ returnedType, note }) =>
    withNote(t('correction.eventWithdrawn', { work: workWords(returnedType) }), note),
  'finding-closed': ({ note }) => t('correction.eventFindingClosed', { note }),
}

function withNote(text: string, note: string | undefined): string {
  return note ? t('dossier.event.withNote', { text, note }) : text
}

const tones: { readonly [T in EventType]: 'green' | 'blue' | 'gold' | 'plain' } = {
  'dossier-received': 'green',
  'intake-refused': 'gold',
  'processing-started': 'blue',
  'dossier-finished': 'green',
  'deliverable-handed-over': 'green',
  'note-added': 'plain',
  'dossier-corrected': 'gold',
  'returned-withdrawn': 'plain',
  'finding-closed': 'plain',
}

export function toneOfEvent(type: string): 'green' | 'blue' | 'gold' | 'plain' {
  return isKnownEventType(type) ? tones[type] : 'plain'
}
