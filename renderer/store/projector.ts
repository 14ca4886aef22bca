import type { Result } from '../../shared/core/result.ts'
import type { Input, Output } from '../../shared/ipc/contract.ts'
import type { DossierView } from '../../shared/ipc/view.ts'
import type { DeskDatabase, StoredCheckpoint, StoredDossier } from './collections.ts'
import { sortKeyOf } from './index-slot.ts'
import { queueRuns } from './queue-runs.ts'
import { seal } from './seal.ts'
import { onDossierChanges } from './stored-dossiers.ts'

/**
 * ```
 * journal (main) ──'projection.changes' after P──► seal ──► bulkUpsert(dossiers) ──► checkpoint = P'
 *        ▲              the page after P' is folded meanwhile                             │
 *        └──────────────── again until P' = head; then wait for a hint ◄─────────────────┘
 * ```
 * 1. The only writer of `dossiers` and of the checkpoint.
 * 2. The checkpoint is written after the pages it covers, every few pages and at the head: a crash repeats pages, never
 *    skips one.
 * 3. Documents are whole newest states, so writing a page again changes nothing.
 * 4. One run at a time; a hint during a run makes one more run. While a page is written main folds the next one, and
 *    no more than that, so nothing piles up.
 * 5. A page of another journal, a journal that ends before the checkpoint, or a store with fewer dossiers than its
 *    checkpoint counted, is never mixed with what is there: `damaged` is reported and the store is built anew.
 * 6. A failed write stops the run before the checkpoint; the next run repeats it (`view-writes.ts`).
 */
export interface Projector {
  /** Brings the store up to the head of the journal. */
  readonly run: () => Promise<void>
  readonly close: () => void
}

export interface ProjectorOptions {
  readonly database: DeskDatabase
  readonly key: CryptoKey
  readonly pull: (
    input: Input<'projection.changes'>,
  ) => Promise<Result<Output<'projection.changes'>, { readonly code: string }>>
  readonly onProgress: (progress: ProjectionProgress) => void
  readonly onDamaged: () => void
}

/** `remaining` is 0 when the store is up to date. */
export interface ProjectionProgress {
  readonly done: number
  readonly remaining: number
}

/** Small enough that sealing a page never holds up a key press. */
export const projectionPageSize = 200
/** Each checkpoint waits for the disk as long as a page does; what a crash repeats takes a second or two. */
const pagesPerCheckpoint = 5

export function createProjector(options: ProjectorOptions): Projector {
  const { dossiers, checkpoint } = options.database.collections
  let closed = false
  let stored: number | undefined
  const inserts = onDossierChanges(options.database, (events) => {
    if (stored !== undefined) stored += events.filter(({ operation }) => operation === 'INSERT').length
  })

  async function pullToHead(): Promise<void> {
    let done = 0
    let uncovered = 0
    let known = await readCheckpoint()
    stored ??= await dossiers.count().exec()
    if (known && stored < known.dossiers) return options.onDamaged()
    let pulling = pullAfter(known?.position ?? 0)
    while (!closed) {
      const reply = await pulling
      if (!reply.ok || closed) return
      const page = reply.value
      if (known && (page.journalId !== known.journalId || page.head < known.position)) return options.onDamaged()
      const isLast = page.position >= page.head
      if (!isLast) {
        pulling = pullAfter(page.position)
        // Nobody waits for it any more when writing this page fails.
        pulling.catch(() => undefined)
      }
      await writeDossiers(page.changes)
      done += page.changes.length
      if (page.position !== known?.position) {
        known = { id: 'projection', journalId: page.journalId, position: page.position, dossiers: stored }
        uncovered += 1
        if (isLast || uncovered >= pagesPerCheckpoint) {
          // After one failure RxDB's `incrementalUpsert` answers that same failure for the rest of the session.
          await checkpoint.upsert(known)
          uncovered = 0
        }
      }
      options.onProgress({ done, remaining: page.remaining })
      if (isLast) return
    }
  }

  function pullAfter(after: number) {
    return options.pull({ after, limit: projectionPageSize })
  }

  async function readCheckpoint(): Promise<StoredCheckpoint | undefined> {
    return (await checkpoint.findOne('projection').exec())?.toJSON()
  }

  async function writeDossiers(views: readonly DossierView[]): Promise<void> {
    if (views.length === 0) return
    const sealed = await Promise.all(views.map((view) => sealDossier(options.key, view)))
    const written = await dossiers.bulkUpsert(sealed)
    if (written.error.length > 0) throw new Error(`projection write failed: ${written.error[0]?.status}`)
  }

  return {
    run: queueRuns(async () => {
      if (!closed) await pullToHead()
    }),
    close: () => {
      closed = true
      inserts.unsubscribe()
    },
  }
}

async function sealDossier(key: CryptoKey, view: DossierView): Promise<StoredDossier> {
  return {
    id: view.id,
    position: view.position,
    key: sortKeyOf(view),
    sealed: await seal(key, 'dossiers', view.id, view),
  }
}
