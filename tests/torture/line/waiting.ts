import type { Desk } from '../../../electron/desk.ts'
import type { EventEntry } from '../../../electron/journal/event-entry.ts'

/** What leads to the cause of waiting events: states, codes, types, ids and moments, nothing of a person. */
export function tellWaiting(desk: Desk): string {
  const { unsent, dossiers, cursor } = desk.journal.index
  const exchange = desk.findExchange()
  const { line, code, nextTryAt, lastSuccessAt } = exchange?.status() ?? {}
  const isParked = (eventId: string) => exchange?.isParked(eventId) ?? false
  const stories = [...new Set([...unsent.values()].map(({ dossierId }) => dossierId))].map((dossierId) => {
    const events = dossiers.get(dossierId)?.events ?? []
    return `${dossierId}: ${events.map((event) => standingOf(event, isParked(event.eventId))).join(', ')}`
  })
  const state = { line, code, nextTryAt, lastSuccessAt, at: desk.clock.instant(), cursor: cursor.seq }
  return [JSON.stringify(state), ...stories].join('; ')
}

function standingOf(event: EventEntry, isParked: boolean): string {
  const { type, own, eventId, streamSeq, refusedCode, rebasedTo, chainN } = event
  if (streamSeq !== undefined) return `${type} at ${streamSeq}${own ? ' (own)' : ''}`
  const refused = refusedCode === undefined ? '' : ` refused (${refusedCode})`
  const replaced = rebasedTo === undefined ? '' : ` replaced by ${rebasedTo}`
  return `${type} ${eventId} chain ${chainN}${refused}${replaced}${isParked ? ' parked' : ''}`
}
