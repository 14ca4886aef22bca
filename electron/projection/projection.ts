import { setImmediate as breathe } from 'node:timers/promises'
import type { Dossier } from '../../shared/domain/dossier.ts'
import { foldDossier } from '../../shared/domain/fold.ts'
import type { DossierView, ExchangeState, ProjectionPage } from '../../shared/ipc/view.ts'
import { type DossierEntry, type EventEntry, isPending } from '../journal/event-entry.ts'
import type { Journal } from '../journal/journal.ts'

/** Folding many dossiers takes turns with whatever else main is asked for: a command waits for this many at most. */
const dossiersPerTurn = 20

/** How far the page's store has come. */
export interface ProjectionWish {
  readonly after: number
  readonly limit: number
}

/**
 * What the page's store lacks: every dossier that changed after a position, as it is now.
 * 1. A dossier stands at its newest change only, so a page never carries it twice.
 * 2. Whole states, not steps: applying a page twice, or two pages out of order, ends the same.
 * 3. Lasting states alone: whether something is being sent right now (`ExchangeStatus.sending`) would be wrong a moment later.
 * 4. Each page says of which life of the journal it is: a store of another one is built anew.
 */
export async function projectionPage(journal: Journal, { after, limit }: ProjectionWish): Promise<ProjectionPage> {
  const { index } = journal
  // Taken together with the list, before anything is awaited: what is appended meanwhile belongs to the next page.
  const head = index.position
  const id = journal.journalId()
  const { changed, more } = index.changedAfter(after, limit)
  const changes: DossierView[] = []
  for (const { dossierId } of changed) {
    const view = await findDossierView(journal, dossierId)
    if (view) changes.push(view)
    if (changes.length % dossiersPerTurn === 0) await breathe()
  }
  return { journalId: id, changes, position: (more > 0 && changed.at(-1)?.position) || head, head, remaining: more }
}

async function findDossierView(journal: Journal, dossierId: string): Promise<DossierView | undefined> {
  const entry = journal.index.dossiers.get(dossierId)
  const dossier = entry && foldDossier(await journal.history(dossierId))
  if (!entry || !dossier) return undefined
  const returned = returnedEntries(entry)[0]
  return {
    id: dossier.id,
    position: entry.position,
    exchange: exchangeStateOf(entry),
    ...(returned?.refusedCode ? { returnedCode: returned.refusedCode } : {}),
    findings: openFindings(entry, dossier),
    dossier,
  }
}

function exchangeStateOf(entry: DossierEntry): ExchangeState {
  if (returnedEntries(entry).length > 0) return 'returned'
  return entry.events.some(isPending) ? 'waiting' : 'accepted'
}

/** What the district found and no leader has closed. */
function openFindings(entry: DossierEntry, { closedFindings = [] }: Dossier): readonly string[] {
  const closed = new Set<string>(closedFindings.map(({ findingOf }) => findingOf))
  return [...new Set(entry.events.flatMap((event) => (closed.has(event.eventId) ? [] : event.findings)))]
}

/** Refused events nobody has replaced: the officer has to look at them. */
function returnedEntries(entry: DossierEntry): readonly EventEntry[] {
  return entry.events.filter((event) => event.refusedCode !== undefined && event.rebasedTo === undefined)
}
