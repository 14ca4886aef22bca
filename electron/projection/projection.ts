import { setImmediate as breathe } from 'node:timers/promises'
import { foldDossier } from '../../shared/domain/fold.ts'
import type { DossierView, ExchangeState, ProjectionPage } from '../../shared/ipc/view.ts'
import type { Journal } from '../journal/journal.ts'
import type { DossierEntry, EventEntry } from '../journal/journal-index.ts'

/** Folding many dossiers takes turns with whatever else main is asked for: a command waits for this many at most. */
const dossiersPerTurn = 20

/** Tells which own events are on the line at this moment. */
export type SendingProbe = (eventId: string) => boolean

/**
 * What the page's store lacks: every dossier that changed after a position, as it is now.
 * 1. A dossier stands at its newest change only, so a page never carries it twice.
 * 2. Whole states, not steps: applying a page twice, or two pages out of order, ends the same.
 */
export async function projectionPage(
  journal: Journal,
  isSending: SendingProbe,
  after: number,
  limit: number,
): Promise<ProjectionPage> {
  const { index } = journal
  // Taken together with the list, before anything is awaited: what is appended meanwhile belongs to the next page.
  const head = index.position
  const current = index.changes.slice(firstAfter(index.changes, after)).filter(({ position, dossierId }) => {
    return index.dossiers.get(dossierId)?.position === position
  })
  // Changes of one frame stay together: the next page asks from behind a whole position.
  let count = Math.min(limit, current.length)
  while (count > 0 && count < current.length && current[count]?.position === current[count - 1]?.position) count += 1
  const changes: DossierView[] = []
  for (const { dossierId } of current.slice(0, count)) {
    const view = await findDossierView(journal, isSending, dossierId)
    if (view) changes.push(view)
    if (changes.length % dossiersPerTurn === 0) await breathe()
  }
  const last = current[count - 1]
  return {
    journalId: journal.journalId(),
    changes,
    position: count < current.length && last ? last.position : head,
    head,
    remaining: current.length - count,
  }
}

export async function findDossierView(
  journal: Journal,
  isSending: SendingProbe,
  dossierId: string,
): Promise<DossierView | undefined> {
  const entry = journal.index.dossiers.get(dossierId)
  const dossier = entry && foldDossier(await journal.history(dossierId))
  if (!entry || !dossier) return undefined
  const returned = returnedEntries(entry)[0]
  return {
    id: dossier.id,
    position: entry.position,
    exchange: exchangeStateOf(entry, isSending),
    ...(returned?.refusedCode ? { returnedCode: returned.refusedCode } : {}),
    findings: [...new Set(entry.events.flatMap((event) => event.findings))],
    dossier,
  }
}

function exchangeStateOf(entry: DossierEntry, isSending: SendingProbe): ExchangeState {
  if (returnedEntries(entry).length > 0) return 'returned'
  const unsent = entry.events.filter((event) => event.streamSeq === undefined && event.refusedCode === undefined)
  if (unsent.length === 0) return 'accepted'
  return unsent.some((event) => isSending(event.eventId)) ? 'sending' : 'waiting'
}

/** Refused events nobody has replaced: the officer has to look at them. */
function returnedEntries(entry: DossierEntry): readonly EventEntry[] {
  return entry.events.filter((event) => event.refusedCode !== undefined && event.rebasedTo === undefined)
}

function firstAfter(changes: readonly { readonly position: number }[], position: number): number {
  let low = 0
  let high = changes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((changes[middle]?.position ?? 0) > position) high = middle
    else low = middle + 1
  }
  return low
}
