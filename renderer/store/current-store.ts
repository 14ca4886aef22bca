import { desk } from '../app/desk.ts'
import { createCell, useCell } from './cell.ts'
import { type DeskStore, openDeskStore } from './desk-store.ts'
import { type DeskStorage, destroyDatabase } from './open-database.ts'
import type { ProjectionProgress } from './projector.ts'
import { importStoreKey } from './seal.ts'

/** Written here alone: the store of the officer who is signed in. */
const storeCell = createCell<DeskStore | undefined>(undefined)
const progressCell = createCell<ProjectionProgress>({ done: 0, remaining: 0 })

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

let turn: Promise<void> = Promise.resolve()

/** Opens the store after sign-in. A store that does not open, or turns out damaged, is thrown away and built anew. */
export function startStore(storage: DeskStorage, name: string): Promise<void> {
  return takeTurn(async () => {
    if (storeCell.get()) return
    const answer = await desk('store.key')
    if (!answer.ok) return
    const key = await importStoreKey(answer.value)
    const open = () =>
      openDeskStore({
        storage,
        name,
        key,
        onProgress: progressCell.set,
        onDamaged: () => void rebuildStore(storage, name),
      })
    progressCell.set({ done: 0, remaining: 0 })
    const store = await open().catch(async () => {
      await destroyDatabase(storage, name)
      return open()
    })
    // A list half read would show the wrong work first.
    await store.loaded
    storeCell.set(store)
  })
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
