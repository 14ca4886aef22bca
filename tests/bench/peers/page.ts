import type { PeerId, PeerStore } from './peer.ts'
import type { PeerChunk, PeerDossier } from './peer-documents.ts'
import { openPouchDb } from './pouchdb.ts'
import { openRawDexie } from './raw-dexie.ts'
import { openRawIndexedDb } from './raw-indexeddb.ts'
import { openRxdbDexie } from './rxdb-dexie.ts'

/** Runs in a page of each peer's own origin, so in a database of its own: `peer://<id>/`. */
export interface PeerPage {
  /** Takes in a file of documents that the peers' app serves. */
  readonly fill: (file: string) => Promise<void>
  readonly insert: (dossiers: readonly PeerDossier[], pauseMs: number) => Promise<readonly number[]>
  readonly openFrom: (dueDates: readonly string[], limit: number) => Promise<readonly number[]>
  /** Of all open dossiers, in order. */
  readonly openDueDates: () => Promise<readonly string[]>
  readonly counts: (statuses: readonly string[], times: number) => Promise<CountTimes>
}

export interface CountTimes {
  readonly ms: readonly number[]
  readonly counted: number
}

declare global {
  var benchPeer: PeerPage
}

const opens: Readonly<Record<PeerId, () => Promise<PeerStore>>> = {
  'raw-indexeddb': openRawIndexedDb,
  'raw-dexie': openRawDexie,
  'rxdb-dexie': openRxdbDexie,
  pouchdb: openPouchDb,
}

const opening = opens[location.host as PeerId]()

globalThis.benchPeer = {
  async fill(file) {
    const store = await opening
    const chunk = (await (await fetch(`/${file}`)).json()) as PeerChunk
    await store.fill(chunk.dossiers, chunk.events)
  },
  async insert(dossiers, pauseMs) {
    const store = await opening
    return timeEach(dossiers, async (dossier) => {
      const ms = await timed(() => store.insert(dossier))
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      return ms
    })
  },
  async openFrom(dueDates, limit) {
    const store = await opening
    return timeEach(dueDates, (dueAt) => {
      store.forget?.()
      return timed(async () => {
        const found = await store.openFrom(dueAt, limit)
        if (found.length !== limit) throw new Error(`${found.length} of ${limit} dossiers due from ${dueAt} on`)
      })
    })
  },
  async openDueDates() {
    const store = await opening
    return (await store.openFrom('', Number.MAX_SAFE_INTEGER)).map(({ dueAt }) => dueAt)
  },
  async counts(statuses, times) {
    const store = await opening
    let counted = 0
    const ms = await timeEach(Array.from({ length: times }), () =>
      timed(async () => {
        counted = (await store.counts(statuses)).reduce((sum, count) => sum + count, 0)
      }),
    )
    return { ms, counted }
  },
}

async function timeEach<T>(all: readonly T[], time: (one: T) => Promise<number>): Promise<readonly number[]> {
  const times: number[] = []
  for (const one of all) times.push(await time(one))
  return times
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
