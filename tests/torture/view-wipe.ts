import fs from 'node:fs'
import path from 'node:path'
import { type DraftId, uuidV7 } from '../../shared/core/ids.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import type { Attack, AttackOptions, AttackResult } from './attack.ts'
import { createLedger } from './electron/ledger.ts'
import { isEqual, openOffice, readSettledView } from './electron/office.ts'
import { missingDocuments } from './electron/page-store.ts'

/**
 * ```
 * app closed ─► its IndexedDB deleted, emptied, or damaged ─► app opened ─► officer signs in as before, receives at once
 *                                                                       ├─► a banner counts what is built anew
 *                                                                       └─► store, lists' rows, saved index = fold of
 *                                                                           the journal; drafts too
 * ```
 * The saved index only saves time: where damage made it unreadable for good, that is counted and not a fault.
 * Where everything is gone the dossier must be received while documents are still missing, and every row be saved again.
 * The files are those Chromium keeps: a LevelDB folder of the page's origin.
 */
export const viewWipe: Attack = {
  id: 'view-wipe',
  holds: 'the view comes back from the journal by itself, drafts too, and work goes on meanwhile',
  run,
}

/** A banner is worth it from 500 dossiers on. */
const plans = { short: { damages: 12, dossiers: 600 }, long: { damages: 36, dossiers: 700 } }

async function run({ seed, scale, folder, say }: AttackOptions): Promise<AttackResult> {
  const plan = plans[scale]
  const random = seededRandom(seed)
  const ledger = createLedger(random)
  const broken: string[] = []
  let opened = 0
  let duringRebuild = 0
  let indexUnreadable = 0
  const office = await openOffice(folder, plan.dossiers, seed)
  const store = path.join(office.profile, 'IndexedDB')
  let app = await office.open()
  try {
    await ledger.giveOne(app)
    for (let draft = 0; draft < 3; draft += 1) {
      const draftId = uuidV7(
        Date.now(),
        Uint8Array.from({ length: 10 }, () => random() * 256),
      ) as DraftId
      await app.call('drafts.save', { draftId, content: { version: 1, typed: `Nguyễn Thị Đường ${draft}` } })
    }
    const before = await readSettledView(app)
    if (!isEqual(before)) throw new Error(`the view differs before any damage: ${JSON.stringify(before)}`)
    for (let at = 0; at < plan.damages; at += 1) {
      await app.close()
      const what = damages[at % damages.length]?.(store, random) ?? ''
      app = await office.open(watchBanner)
      opened += 1
      const startedAt = performance.now()
      broken.push(...(await receives(ledger, app).catch((cause: unknown) => [String(cause)])))
      const receivedMs = Math.round(performance.now() - startedAt)
      if (goneWholly.has(what)) {
        const missing = await app.inPage<number>(missingDocuments)
        // One may be the dossier just received.
        if (missing > 1) duringRebuild += 1
        else broken.push(`after "${what}" the rebuild was over before the dossier was received`)
      }
      const reading = await readSettledView(app)
      if (!isEqual(reading))
        broken.push(`after "${what}" the view differs from the journal: ${JSON.stringify(reading)}`)
      if (!reading.saved) indexUnreadable += 1
      if (goneWholly.has(what) && reading.saved?.rowsMissing !== 0)
        broken.push(`after "${what}" ${reading.saved?.rowsMissing ?? 'all'} rows were not saved again`)
      if (reading.drafts !== 3) broken.push(`after "${what}" ${reading.drafts} of 3 drafts are there`)
      // Where everything is gone nothing but a whole rebuild helps; other damage may be mended, or open the page again.
      const banners = await app.inPage<readonly string[]>('globalThis.bannersSeen ?? []')
      if (goneWholly.has(what) && !banners.some((words) => countsUp.test(words)))
        broken.push(`after "${what}" no banner told of the rebuild: ${banners.join(' | ')}`)
      if (await app.inPage<boolean>(`!!(${findBanner})`)) broken.push(`after "${what}" the banner stays`)
      const wholeMs = Math.round(performance.now() - startedAt)
      say(`${at + 1}/${plan.damages} ${what}: received after ${receivedMs} ms, whole after ${wholeMs} ms`)
    }
    const { lost, duplicated } = await ledger.countHere(app)
    const acknowledged = ledger.acknowledged().length
    return {
      tries: plan.damages,
      detail: { duringRebuild, indexUnreadable },
      acknowledged,
      lost,
      duplicated,
      opened: { times: opened, of: plan.damages },
      broken,
    }
  } finally {
    await app.close().catch(() => undefined)
    await office.close()
  }
}

async function receives(
  ledger: ReturnType<typeof createLedger>,
  app: Parameters<typeof ledger.giveOne>[0],
): Promise<readonly string[]> {
  await ledger.receiveOne(app)
  return ledger.askAgain(app)
}

const goneWholly: ReadonlySet<string> = new Set([
  'folder deleted',
  'every file deleted',
  'every file emptied',
  'every file replaced by two bytes',
])
const countsUp = /Đang dựng lại danh sách trên máy: [\d.]+ trên \d{3} hồ sơ.*Vẫn tiếp nhận được/
const findBanner = `[...document.querySelectorAll('[role="status"]')]
  .find(({ textContent }) => textContent.includes('Đang dựng lại danh sách'))`
/** Keeps what the rebuild's banner said, however short it stood. */
const watchBanner = `(() => {
  globalThis.bannersSeen = []
  const look = () => {
    const words = (${findBanner})?.textContent
    if (words && words !== globalThis.bannersSeen.at(-1)) globalThis.bannersSeen.push(words)
  }
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
})()`

type Damage = (store: string, random: () => number) => string

const damages: readonly Damage[] = [
  (store) => {
    fs.rmSync(store, { recursive: true, force: true })
    return 'folder deleted'
  },
  (store) => {
    for (const file of files(store)) fs.rmSync(file)
    return 'every file deleted'
  },
  (store, random) => flip(pick(tables(store), random), random),
  (store, random) => cut(pick(files(store), random), random),
  (store) => remove(store, 'CURRENT'),
  (store) => remove(store, 'MANIFEST'),
  (store) => remove(store, '.log'),
  (store, random) => {
    const file = pick(tables(store), random)
    fs.rmSync(file)
    return `${path.basename(file)} deleted`
  },
  (store) => {
    for (const file of files(store)) fs.truncateSync(file, 0)
    return 'every file emptied'
  },
  (store, random) => {
    for (const file of files(store)) flip(file, random)
    return 'every file flipped'
  },
  (store, random) => {
    for (const file of files(store)) fs.writeFileSync(file, Buffer.from([random() * 256, random() * 256]))
    return 'every file replaced by two bytes'
  },
  (store) => remove(store, 'LOCK'),
]

function files(store: string): readonly string[] {
  return fs
    .readdirSync(store, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

/** Where the data lies; the rest is LevelDB's own book-keeping. */
function tables(store: string): readonly string[] {
  const found = files(store).filter((file) => /\.(ldb|log)$/.test(file) && fs.statSync(file).size > 0)
  return found.length > 0 ? found : files(store)
}

function pick(list: readonly string[], random: () => number): string {
  const chosen = list[Math.floor(random() * list.length)]
  if (!chosen) throw new Error('there is no file to damage')
  return chosen
}

/** One in a hundred bytes, at least eight. */
function flip(file: string, random: () => number): string {
  const bytes = fs.readFileSync(file)
  if (bytes.length === 0) return `${path.basename(file)} is empty`
  const flips = Math.max(8, Math.floor(bytes.length / 100))
  for (let at = 0; at < flips; at += 1) {
    const place = Math.floor(random() * bytes.length)
    bytes[place] = (bytes[place] ?? 0) ^ (1 + Math.floor(random() * 255))
  }
  fs.writeFileSync(file, bytes)
  return `${path.basename(file)} with ${flips} bytes flipped`
}

function cut(file: string, random: () => number): string {
  const { size } = fs.statSync(file)
  const left = Math.floor(random() * size)
  fs.truncateSync(file, left)
  return `${path.basename(file)} cut from ${size} to ${left} bytes`
}

function remove(store: string, name: string): string {
  for (const file of files(store)) if (path.basename(file).includes(name)) fs.rmSync(file)
  return `${name} deleted`
}
