import { changedMeanwhile, deliverableOf, findFieldPlace, findFieldText } from './correction.ts'
import type { Dossier } from './dossier.ts'
import { eventBodies } from './event.ts'
import type { FieldChange } from './field-change.ts'

/** An event as far as a conflict needs it; a timeline's lines fit. */
export interface SeenEvent {
  readonly eventId: string
  readonly type: string
  readonly body: Readonly<Record<string, unknown>>
}

/** A field both sides gave a text, and not the same one. */
export interface ConflictField {
  readonly field: string
  readonly mine: string
  readonly theirs: string
  /** The event that put the other text there. */
  readonly theirsBy?: string
}

export interface Conflict {
  readonly fields: readonly ConflictField[]
  /** What the returned event changed besides, which still fits. */
  readonly others: readonly FieldChange[]
}

/**
 * What an officer has to choose about returned work, field by field.
 * @param history the dossier's accepted events, oldest first
 */
export function conflictOf(dossier: Dossier, returned: SeenEvent, history: readonly SeenEvent[]): Conflict {
  const changes = returnedChanges(dossier, returned)
  const clashing = changedMeanwhile(dossier, changes)
  return {
    fields: clashing.map(({ field, to }) => {
      const theirsBy = history.findLast((event) => isSetter(event, field))?.eventId
      return { field, mine: to, theirs: findFieldText(dossier, field) ?? '', ...(theirsBy ? { theirsBy } : {}) }
    }),
    others: changes.filter(
      (change) => !clashing.includes(change) && findFieldText(dossier, change.field) !== undefined,
    ),
  }
}

/** The officer's answer: the chosen texts, and what was not chosen kept beside them. */
export function answeringChanges(
  dossier: Dossier,
  { fields, others }: Conflict,
  chosen: Readonly<Record<string, string>>,
): readonly FieldChange[] {
  return [
    ...fields.map(({ field, mine, theirs }) => {
      const to = chosen[field] ?? theirs
      return { field, from: theirs, to, ...(to === mine ? {} : { returned: mine }) }
    }),
    ...others.map(({ field, to }) => ({ field, from: findFieldText(dossier, field) ?? '', to })),
  ]
}

/** The officer lets go of everything: the dossier stays as it is, and what came back is written down. */
export function withdrawingChanges(dossier: Dossier, { fields, others }: Conflict): readonly FieldChange[] {
  const kept = [...fields.map(({ field, mine }) => ({ field, to: mine })), ...others]
  return kept.map(({ field, to }) => {
    const now = findFieldText(dossier, field) ?? ''
    return { field, from: now, to: now, returned: to }
  })
}

/** A result recorded twice is a change of the result's fields; other work has no fields to choose between. */
function returnedChanges(dossier: Dossier, { type, body }: SeenEvent): readonly FieldChange[] {
  if (type === 'dossier-corrected') return eventBodies[type].safeParse(body).data?.changes ?? []
  if (type !== 'dossier-finished' || !deliverableOf(dossier)) return []
  const deliverable = eventBodies[type].safeParse(body).data?.deliverable
  return Object.entries(deliverable ?? {}).map(([key, to]) => ({ field: `deliverable.${key}`, from: '', to }))
}

function isSetter({ type, body }: SeenEvent, field: string): boolean {
  const part = findFieldPlace(field)?.part
  if (type === 'dossier-corrected') {
    const changes = eventBodies[type].safeParse(body).data?.changes ?? []
    return changes.some((change) => change.field === field && change.from !== change.to)
  }
  return type === (part === 'deliverable' ? 'dossier-finished' : 'dossier-received')
}
