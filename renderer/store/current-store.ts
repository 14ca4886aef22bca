import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { desk } from '../app/desk.ts'
import { createCell, useCell } from './cell.ts'
import { type DeskStore, openDeskStore } from './desk-store.ts'
import { type DeskStorage, destroyDatabase } from './open-database.ts'
import type { ProjectionProgress } from './projector.ts'
import { importStoreKey } from './seal.ts'

/** Written here alone: the store of the officer who is signed in. */
const storeCell = createCell<DeskStore | undefined>(undefined)
const progressCell = createCell<ProjectionProgress>({ done: 0, remaining: 0 })
/** Nothing opens on the disk, not even an empty store. */
const memoryOnlyCell = createCell(false)
/** What came last is not in the store. */
const behindCell = createCell(false)

export function useDeskStore(): DeskStore | undefined {
  return useCell(storeCell)
}

export function currentStore(): DeskStore | undefined {
  return storeCell.get()
}

/** How far a rebuild or a long catch-up is. */
export function useProjectionProgress(): ProjectionProgress {
  return useCell(progressCell)
}

/** The lists are kept in memory alone and built anew at each start. */
export function useMemoryOnly(): boolean {
  return useCell(memoryOnlyCell)
}

/** The lists may lack the newest entries: the disk does not take them. */
export function useStoreBehind(): boolean {
  return useCell(behindCell)
}

let turn: Promise<void> = Promise.resolve()

/**
 * Opens the store after sign-in. A store that does not open, or turns out damaged, is thrown away and built anew. Where
 * the browser cannot even throw it away, main deletes its files and opens this page again; once. After that, memory.
 */
export function startStore(storage: DeskStorage, name: string): Promise<void> {
  return takeTurn(async () => {
    if (storeCell.get()) return
    const answer = await desk('store.key')
    if (!answer.ok) return
    const key = await importStoreKey(answer.value)
    const open = (place: DeskStorage) =>
      openDeskStore({
        storage: place,
        name,
        key,
        onProgress: progressCell.set,
        onBehind: behindCell.set,
        onDamaged: () => void rebuildStore(storage, name),
      })
    progressCell.set({ done: 0, remaining: 0 })
    memoryOnlyCell.set(false)
    behindCell.set(false)
    const store = await open(storage)
      .catch(async () => {
        await destroyDatabase(storage, name)
        return open(storage)
      })
      .catch(async () => {
        if (await askForClearing()) return undefined
        memoryOnlyCell.set(true)
        return open(getRxStorageMemory())
      })
    // Main opens the page again.
    if (!store) return
    // A list half read would show the wrong work first.
    await store.loaded
    storeCell.set(store)
  })
}

async function askForClearing(): Promise<boolean> {
  const answer = await desk('store.clear')
  return answer.ok && answer.value.cleared
}

/** Closes the store at sign-out: the next officer's screens start from nothing. */
export function stopStore(): Promise<void> {
  return takeTurn(closeCurrent)
}

async function rebuildStore(storage: DeskStorage, name: string): Promise<void> {
  void desk('log.report', { code: 'store/rebuild', detail: 'view damaged or of another journal' })
  await takeTurn(async () => {
    await closeCurrent()
    await destroyDatabase(storage, name)
  })
  await startStore(storage, name)
}

async function closeCurrent(): Promise<void> {
  const store = storeCell.get()
  storeCell.set(undefined)
  await store?.close()
}

function takeTurn(run: () => Promise<void>): Promise<void> {
  turn = turn.then(run, run)
  return turn
}
