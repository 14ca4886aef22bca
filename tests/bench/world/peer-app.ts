import fs from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { seedData } from '../../../district/law/seed-data.ts'
import type { DeskId } from '../../../shared/core/ids.ts'
import { type PeerId, peerIds } from '../peers/peer.ts'
import { peerChunks } from '../peers/peer-documents.ts'
import { cached, copyFolder } from './cache.ts'
import { startElectron } from './electron-process.ts'
import { generatorSources, type RegisterDesk, registerSeed } from './register.ts'
import { root } from './root.ts'

const program = path.join(root, 'out', 'bench', 'peers', 'main.js')
const dossiersPerFile = 1000

/** The peers' pages, open, each with all documents. */
export interface Peers {
  readonly page: (id: PeerId) => Page
  /** The desk whose register they hold. */
  readonly desk: RegisterDesk
  readonly close: () => Promise<void>
}

type Say = (line: string) => void

const sources = [
  ...generatorSources,
  'tests/bench/peers/peer-documents.ts',
  'tests/bench/peers/pouchdb.ts',
  'tests/bench/peers/raw-dexie.ts',
  'tests/bench/peers/raw-indexeddb.ts',
  'tests/bench/peers/rxdb-dexie.ts',
  'tests/bench/package.json',
  'node_modules/electron/package.json',
  'node_modules/rxdb/package.json',
]

export function keepPeers(dossiers: number, say: Say): Promise<string> {
  return cached({ kind: 'peers', dossiers, sources, fill: (folder) => fill(folder, dossiers, say) })
}

export async function copyPeers(kept: string, folder: string): Promise<Peers> {
  const place = path.join(folder, 'peers')
  copyFolder(kept, place)
  return openPeers(path.join(place, 'profile'), place)
}

async function fill(folder: string, dossiers: number, say: Say): Promise<void> {
  const files = path.join(folder, 'documents')
  fs.mkdirSync(files)
  say('writing the documents down for the peers')
  const names: string[] = []
  for (const chunk of peerChunks(peersDesk(), dossiers, registerSeed, dossiersPerFile)) {
    const name = `${names.length}.json`
    fs.writeFileSync(path.join(files, name), JSON.stringify(chunk))
    names.push(name)
  }
  const peers = await openPeers(path.join(folder, 'profile'), files)
  try {
    await Promise.all(peerIds.map((id) => fillOne(peers.page(id), id, names, say)))
  } finally {
    await peers.close()
  }
  fs.rmSync(files, { recursive: true })
}

async function fillOne(page: Page, id: PeerId, names: readonly string[], say: Say): Promise<void> {
  const start = performance.now()
  for (const [at, name] of names.entries()) {
    await page.evaluate((file) => benchPeer.fill(file), name)
    const done = at + 1
    if (done % 10 === 0 || done === names.length) {
      say(`${id}: ${done * dossiersPerFile} dossiers in ${((performance.now() - start) / 1000).toFixed(0)} s`)
    }
  }
}

async function openPeers(profile: string, files: string): Promise<Peers> {
  const app = await startElectron({ app: program, profile, env: { BENCH_PEER_FILES: files } })
  try {
    const pages = new Map<PeerId, Page>()
    for (const id of peerIds) {
      const page = await app.page(`peer://${id}/`)
      await page.waitForFunction(() => globalThis.benchPeer !== undefined)
      pages.set(id, page)
    }
    const pageOf = (id: PeerId) => {
      const page = pages.get(id)
      if (!page) throw new Error(`no page of ${id}`)
      return page
    }
    return { page: pageOf, desk: peersDesk(), close: app.close }
  } catch (cause) {
    await app.close()
    throw cause
  }
}

/** As the district describes the desk that fills it, but for its id and keys. */
function peersDesk(): RegisterDesk {
  const { catalogue, calendar, units, staff } = seedData('vu-ban-2022')
  const unit = units.units.find(({ id }) => id === 'goi')
  if (!unit) throw new Error('the unit of the register is not in the data')
  return {
    unit,
    deskId: '0182a9b4-0000-7000-8000-000000000001' as DeskId,
    lane: { id: 1, first: 1, last: 500, validUntil: '2030-01-01' },
    publications: { catalogue, calendar, staff: { staff } },
  }
}
