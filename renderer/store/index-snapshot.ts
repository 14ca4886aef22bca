import type { DeskDatabase } from './collections.ts'
import { type DeskIndex, slotsPerPage } from './desk-index.ts'
import type { IndexSlot } from './index-slot.ts'
import type { RowSheets } from './row-sheets.ts'
import { unseal } from './seal.ts'
import { snapshotsById } from './stored-dossiers.ts'
import { sealSnapshot, writeSnapshots } from './write-snapshot.ts'

/**
 * Reading and unsealing every dossier at start takes seconds; the index itself is small. So it is kept, sealed:
 * ```
 * slots, 200 a page ──► sealed pages that changed ──► head { pages, slotsPerPage, position }
 * start: head + its pages ──► index ──► dossiers with a later position, from RxDB
 * ```
 * 1. Derived from `dossiers` alone; missing, damaged or older it only costs time.
 * 2. The head is written last: what a page holds beyond the head's position is found again by position.
 * 3. Written with `upsert`: after one failure RxDB's `incrementalUpsert` fails for the rest of the session.
 * 4. The rows of lists (`row-sheets.ts`) are saved before it and count for nothing without it, nor it without them: a head whose
 *    rows are lost is taken back at once, before new ones stand there that it never knew.
 */
const headId = 'head'

/** Pages read, or written, in one go: putting them into the index stays a short task. */
const pagesTogether = 10

interface Head {
  readonly pages: number
  /** Of the version that wrote them: pages of another size are read from nowhere. */
  readonly slotsPerPage: number
  readonly position: number
}

const noHead: Head = { pages: 0, slotsPerPage: 0, position: 0 }

/** Fills the index from the snapshot. Answers the position up to which it is complete; 0 when there is none. */
export async function restoreIndex(
  database: DeskDatabase,
  key: CryptoKey,
  index: DeskIndex,
  sheets: RowSheets,
): Promise<number> {
  try {
    const stored = await findSealed(database, headId)
    if (stored === undefined) return 0
    if (!(await sheets.restore())) {
      await database.collections.snapshot.upsert(await sealSnapshot(key, headId, noHead))
      return 0
    }
    const head = await unseal<Head>(key, 'snapshot', headId, stored)
    if (head.slotsPerPage !== slotsPerPage) return 0
    const groups = groupsOf(Array.from({ length: head.pages }, (_, page) => page))
    const readGroup = (at: number) => snapshotsById(database, groups[at]?.map(pageId) ?? [])
    let reading = readGroup(0)
    for (const [at, pages] of groups.entries()) {
      const found = await reading
      // The next pages are read while these are unsealed and put in; one group after the other keeps each task short.
      reading = readGroup(at + 1)
      // Nobody waits for it any more when these turn out damaged.
      reading.catch(() => undefined)
      if (found.length < pages.length) return 0
      const slots = await Promise.all(
        found.map(({ id, sealed }) => unseal<readonly IndexSlot[]>(key, 'snapshot', id, sealed)),
      )
      index.restore(slots.flat())
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
  const head: Head = { pages: Math.ceil(index.size() / slotsPerPage), slotsPerPage, position: index.lastPosition() }
  const changed = index.takeChangedPages()
  try {
    await sheets.save()
    for (const pages of groupsOf(changed)) {
      await writeSnapshots(
        database,
        pages.map((page) => sealSnapshot(key, pageId(page), index.pageOf(page))),
      )
    }
    await database.collections.snapshot.upsert(await sealSnapshot(key, headId, head))
  } catch (cause) {
    index.putBackChangedPages(changed)
    throw cause
  }
}

function groupsOf(pages: readonly number[]): readonly (readonly number[])[] {
  const count = Math.ceil(pages.length / pagesTogether)
  return Array.from({ length: count }, (_, at) => pages.slice(at * pagesTogether, (at + 1) * pagesTogether))
}

function pageId(page: number): string {
  return `slots-${page}`
}
