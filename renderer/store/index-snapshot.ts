import type { DeskDatabase, StoredSnapshot } from './collections.ts'
import { type DeskIndex, slotsPerPage } from './desk-index.ts'
import type { IndexSlot } from './index-slot.ts'
import type { RowSheets } from './row-sheets.ts'
import { seal, unseal } from './seal.ts'
import { snapshotsById } from './stored-dossiers.ts'

/**
 * Reading and unsealing every dossier at start takes seconds; the index itself is small. So it is kept, sealed:
 * ```
 * slots, 2,000 a page ──► sealed pages that changed ──► head { pages, position }
 * start: head + its pages ──► index ──► dossiers with a later position, from RxDB
 * ```
 * 1. Derived from `dossiers` alone; missing, damaged or older it only costs time.
 * 2. The head is written last: what a page holds beyond the head's position is found again by position.
 * 3. Written with `upsert`: after one failure RxDB's `incrementalUpsert` fails for the rest of the session.
 * 4. The rows of lists (`row-sheets.ts`) are saved before it and count for nothing without it, nor it without them.
 */
const headId = 'head'

interface Head {
  readonly pages: number
  readonly position: number
}

/** Fills the index from the snapshot. Answers the position up to which it is complete; 0 when there is none. */
export async function restoreIndex(
  database: DeskDatabase,
  key: CryptoKey,
  index: DeskIndex,
  sheets: RowSheets,
): Promise<number> {
  try {
    const stored = await findSealed(database, headId)
    if (stored === undefined || !(await sheets.restore())) return 0
    const head = await unseal<Head>(key, 'snapshot', headId, stored)
    const readPage = (page: number) => findSealed(database, pageId(page))
    let reading = readPage(0)
    for (let page = 0; page < head.pages; page += 1) {
      const sealed = await reading
      // The next page is read while this one is unsealed and put in; one after the other keeps each task short.
      reading = readPage(page + 1)
      // Nobody waits for it any more when this page turns out damaged.
      reading.catch(() => undefined)
      if (sealed === undefined) return 0
      index.restore(await unseal<readonly IndexSlot[]>(key, 'snapshot', pageId(page), sealed))
    }
    index.takeChangedPages()
    return head.position
  } catch {
    return 0
  }
}

async function findSealed(database: DeskDatabase, id: string): Promise<string | undefined> {
  const [found] = await snapshotsById(database, [id])
  return found?.sealed
}

/** Writes the pages that changed, then the head. A page that could not be written stays a changed one. */
export async function saveIndex(
  database: DeskDatabase,
  key: CryptoKey,
  index: DeskIndex,
  sheets: RowSheets,
): Promise<void> {
  const head: Head = { pages: Math.ceil(index.size() / slotsPerPage), position: index.lastPosition() }
  const changed = index.takeChangedPages()
  const { snapshot } = database.collections
  try {
    await sheets.save()
    for (const page of changed) {
      await snapshot.upsert(await sealed(key, pageId(page), index.pageOf(page)))
    }
    await snapshot.upsert(await sealed(key, headId, head))
  } catch (cause) {
    index.putBackChangedPages(changed)
    throw cause
  }
}

function pageId(page: number): string {
  return `page-${page}`
}

async function sealed(key: CryptoKey, id: string, value: unknown): Promise<StoredSnapshot> {
  return { id, sealed: await seal(key, 'snapshot', id, value) }
}
