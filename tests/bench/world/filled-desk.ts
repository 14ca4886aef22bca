import fs from 'node:fs'
import path from 'node:path'
import type { Instant } from '../../../shared/core/time.ts'
import { cached, copyFolder } from './cache.ts'
import { continueAfter, demoNow } from './demo-day.ts'
import { signIn, whenDoorIsReady } from './desk-page.ts'
import { type DistrictProcess, startDistrict } from './district-process.ts'
import { startApp } from './electron-app.ts'
import { fillDistrict } from './fill-district.ts'
import { generatorSources, registerSeed } from './register.ts'
import { settle, shownCount } from './settle.ts'

export const filledUnit = 'goi'

export interface FilledDesk {
  readonly profile: string
  readonly district: DistrictProcess
  /** How much work is open: what the first chip of the list counts when the list is whole. */
  readonly open: number
  readonly events: number
}

interface DistrictMeta {
  readonly reachedAt: Instant
  readonly events: number
}

interface Meta extends DistrictMeta {
  readonly url: string
  readonly open: number
}

/** The desk saves its indexes a few seconds after the last change. */
const saveMs = 10_000

type Say = (line: string) => void

/** What decides what the district holds; it migrates its own database when it starts. */
const districtSources = [...generatorSources]

/** What decides how a desk's journal and its page's store are written: other code reads the same bytes. */
const deskSources = [
  ...generatorSources,
  'electron/journal/frame.ts',
  'electron/vault/seal.ts',
  'renderer/store/byte-text.ts',
  'renderer/store/collections.ts',
  'renderer/store/dossier-row.ts',
  'renderer/store/index-slot.ts',
  'renderer/store/index-snapshot.ts',
  'renderer/store/pack-sheets.ts',
  'renderer/store/row-sheets.ts',
  'renderer/store/seal.ts',
  'renderer/store/search-text.ts',
  'renderer/store/sheet-bounds.ts',
  'renderer/store/write-snapshot.ts',
  'node_modules/electron/package.json',
  'node_modules/rxdb/package.json',
]

/**
 * ```
 * district ◄─ the register, from another desk of the unit ─► kept
 *     └─► the real app pulls it and builds its view ─► both end ─► kept; every part gets copies
 * ```
 * A change that reaches none of the named sources and still writes other bytes needs `--fresh`.
 */
export function keepFilledDesk(dossiers: number, say: Say): Promise<string> {
  return cached({ kind: 'desk', dossiers, sources: deskSources, fill: (folder) => fillDesk(folder, dossiers, say) })
}

function keepFilledDistrict(dossiers: number, say: Say): Promise<string> {
  const fill = (folder: string) => fillRegister(folder, dossiers, say)
  return cached({ kind: 'district', dossiers, sources: districtSources, fill })
}

export async function copyFilledDesk(kept: string, folder: string): Promise<FilledDesk> {
  const meta = readMeta<Meta>(kept)
  const place = path.join(folder, 'filled')
  copyFolder(kept, place)
  continueAfter(meta.reachedAt)
  const port = Number(new URL(meta.url).port)
  const district = await startDistrict(path.join(place, 'district'), demoNow(), port)
  return { profile: path.join(place, 'app'), district, open: meta.open, events: meta.events }
}

async function fillRegister(folder: string, dossiers: number, say: Say): Promise<void> {
  const district = await startDistrict(path.join(folder, 'district'), demoNow())
  try {
    const { events } = await fillDistrict(district, { unitId: filledUnit, dossiers, seed: registerSeed, say })
    writeMeta<DistrictMeta>(folder, { reachedAt: demoNow(), events })
  } finally {
    await district.stop()
  }
}

async function fillDesk(folder: string, dossiers: number, say: Say): Promise<void> {
  const kept = await keepFilledDistrict(dossiers, say)
  const { reachedAt, events } = readMeta<DistrictMeta>(kept)
  copyFolder(path.join(kept, 'district'), path.join(folder, 'district'))
  continueAfter(reachedAt)
  const district = await startDistrict(path.join(folder, 'district'), demoNow())
  try {
    say('the app takes the register in')
    const open = await firstStart(district, path.join(folder, 'app'), dossiers, say)
    writeMeta<Meta>(folder, { url: district.url, reachedAt: demoNow(), open, events })
  } finally {
    await district.stop()
  }
}

function readMeta<T>(folder: string): T {
  return JSON.parse(fs.readFileSync(path.join(folder, 'meta.json'), 'utf8')) as T
}

function writeMeta<T>(folder: string, meta: T): void {
  fs.writeFileSync(path.join(folder, 'meta.json'), JSON.stringify(meta))
}

/** The first start enrols the desk, pulls everything and builds the view; answers how much work is open. */
async function firstStart(district: DistrictProcess, profile: string, dossiers: number, say: Say): Promise<number> {
  const app = await startApp(profile, [`--enrol=${district.url}#${district.code(filledUnit, 'Quầy 1')}`])
  try {
    await whenDoorIsReady(app.page)
    await signIn(app.page, 1)
    await settle(app.page, dossiers, say)
    const open = await shownCount(app.page)
    await app.page.waitForTimeout(saveMs)
    return open
  } finally {
    await app.close()
  }
}
