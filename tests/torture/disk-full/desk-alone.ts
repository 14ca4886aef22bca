import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findStoreFailure } from '../../electron/disk/store-failure.ts'
import { answerCall, type Handlers } from '../../electron/ipc/answer-call.ts'
import { chainEvent } from '../../electron/journal/chain.ts'
import { createLog } from '../../electron/log.ts'
import type { DraftId, StaffId } from '../../shared/core/ids.ts'
import { openNodeDesk } from '../harness/node-desk.ts'
import { sampleId } from '../harness/sample-events.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import type { Attack } from './attack.ts'
import { draftContent, entryOf, scanBytes } from './power-cut/work.ts'

const rounds = { short: 24, long: 300 }
const diskBytes = 24 * 1024 * 1024
const pageBytes = 4096

/**
 * ```
 * a small real disk ─► filled but for a random rest ─► work until it refuses ─► closed, opened: only what was said
 *   ─► room again ─► the refused work, the same, succeeds and stands once
 * ```
 * Entries, drafts, scans, snapshots and the log take turns in meeting the full disk. Every sixth disk is read-only at the start.
 */
export const diskFull: Attack = {
  id: 'disk-full',
  holds:
    'a full or read-only disk refuses with a code, leaves nothing half-written, and lets work go on once there is room',
  needsElectron: false,
  async run({ seed, scale, folder, say }) {
    const disk = path.join(folder, 'disk')
    mkdirSync(disk)
    mount(['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', disk])
    const random = seededRandom(seed)
    const result = { tries: 0, acknowledged: 0, lost: 0, duplicated: 0, times: 0, broken: [] as string[] }
    const refusals = new Map<string, number>()
    try {
      for (let round = 0; round < rounds[scale]; round += 1) {
        const place = path.join(disk, `desk-${round}`)
        const way: Way = round % 6 === 5 ? 'read-only' : 'full'
        const found = await oneDisk({ disk, place, way, seed: seed + round, random, refusals })
        result.tries += found.tries
        result.acknowledged += found.acknowledged
        result.lost += found.lost
        result.duplicated += found.duplicated
        result.times += found.opened
        result.broken.push(...found.broken.map((words) => `round ${round} (${way}): ${words}`))
        rmSync(place, { recursive: true, force: true })
      }
    } finally {
      spawnSync('umount', ['-l', disk])
    }
    say(`refused: ${[...refusals].map(([what, count]) => `${what} ${count}`).join(', ')}`)
    const { times, ...counted } = result
    return { ...counted, opened: { times, of: rounds[scale] * 2 } }
  },
}

type Way = 'full' | 'read-only'

interface Round {
  readonly disk: string
  readonly place: string
  readonly way: Way
  readonly seed: number
  readonly random: () => number
  readonly refusals: Map<string, number>
}

async function oneDisk({ disk, place, way, seed, random, refusals }: Round) {
  const broken: string[] = []
  const said = { own: new Set<number>(), drafts: new Map<number, number>(), scans: new Set<string>() }
  let tries = 0
  let opened = 0
  const filler = path.join(disk, 'filler')
  const desk = await openNodeDesk({ folder: place })
  const log = createLog(path.join(place, 'log'), () => '2022-08-17T01:00:00.000Z')
  mkdirSync(path.join(place, 'log'), { recursive: true })
  // Work of a day before, so that compaction and snapshots have something to write.
  for (let number = 1; number <= 40; number += 1) {
    await desk.journal.append([{ own: [chainEvent(desk.journal.index.chain, entryOf(seed, number, false))] }])
    said.own.add(number)
  }
  if (way === 'read-only') {
    await desk.close()
    return { ...(await readOnlyStart(disk, place, said, seed)), acknowledged: said.own.size, duplicated: 0 }
  }
  fill(disk, filler, Math.floor(random() * 12) * pageBytes)

  /** The answer the page would get. */
  async function attempt(what: string, work: () => Promise<unknown>): Promise<boolean> {
    tries += 1
    const handlers = { 'desk.status': async () => ({ ok: true, value: await work() }) } as unknown as Handlers
    const answer = await answerCall(handlers, log, 'desk.status', undefined)
    if (answer.ok) return true
    const { code } = answer.error
    refusals.set(`${what} ${code}`, (refusals.get(`${what} ${code}`) ?? 0) + 1)
    if (code !== 'store/full') broken.push(`${what} answered ${code}`)
    return false
  }

  type Work = { readonly what: string; readonly run: () => Promise<unknown>; readonly done: () => void }
  const works: Work[] = []
  for (let step = 0; step < 30; step += 1) {
    const number = 41 + step
    const id = sampleId(9000 + step) as DraftId
    const content = draftContent(step)
    const staffId = 'goi.hanh' as StaffId
    const savedAt = '2022-08-17T01:00:00.000Z'
    const bytes = scanBytes(seed, step)
    works.push(
      {
        what: 'entry',
        run: () => desk.journal.append([{ own: [chainEvent(desk.journal.index.chain, entryOf(seed, number, false))] }]),
        done: () => said.own.add(number),
      },
      {
        what: 'draft',
        run: () => desk.drafts.save({ id, staffId, savedAt, content }),
        done: () => said.drafts.set(step, step),
      },
      {
        what: 'scan',
        async run() {
          const hash = await desk.attachments.put(bytes)
          said.scans.add(hash)
        },
        done: () => undefined,
      },
    )
  }
  const refused: Work[] = []
  for (const work of works) {
    if (await attempt(work.what, work.run)) work.done()
    else refused.push(work)
    if (random() < 0.1) await desk.journal.saveIndex()
    log.info('worked', { what: work.what })
  }
  if (refused.length === 0) broken.push('nothing was refused: the disk was never full')

  // What a start at that moment would find, read beside the running desk: nothing half-written.
  const copy = path.join(path.dirname(disk), 'copy')
  rmSync(copy, { recursive: true, force: true })
  spawnSync('cp', ['-r', place, copy])
  const beside = await openNodeDesk({ folder: copy })
  opened += 1
  broken.push(...(await missing(beside, said, seed)).map((words) => `at the full disk: ${words}`))
  if (beside.journal.health().state !== 'whole') broken.push(`at the full disk: ${beside.journal.health().state}`)
  await beside.close()

  rmSync(filler)
  for (const work of refused) {
    if (await attempt(work.what, work.run)) work.done()
    else broken.push(`${work.what} is refused although there is room again`)
  }
  await desk.close()
  const again = await openNodeDesk({ folder: place })
  opened += 1
  const gone = await missing(again, said, seed)
  broken.push(...gone.map((words) => `after it: ${words}`))
  const chains = [...again.journal.index.events.values()].map(({ chainN }) => chainN)
  const duplicated = chains.length - new Set(chains).size
  if (chains.length !== said.own.size) broken.push(`${chains.length} entries instead of ${said.own.size}`)
  if (again.journal.health().state !== 'whole') broken.push(`after it: ${again.journal.health().state}`)
  await again.close()
  return { tries, acknowledged: said.own.size + said.scans.size, lost: gone.length, duplicated, opened, broken }
}

/** A disk that lets nothing be written says so at the start, by code, and holds everything once it does again. */
async function readOnlyStart(disk: string, place: string, said: Said, seed: number) {
  const broken: string[] = []
  // The log of the disk before may still be closing its file.
  for (let waited = 0; spawnSync('mount', ['-o', 'remount,ro', disk]).status !== 0; waited += 1) {
    if (waited > 200) throw new Error('the disk never came to rest')
    await wait(10)
  }
  const refusal = await openNodeDesk({ folder: place }).then(
    () => undefined,
    (cause: unknown) => findStoreFailure(cause)?.code ?? String(cause),
  )
  mount(['-o', 'remount,rw', disk])
  if (refusal !== 'store/read-only') broken.push(`a read-only start answered ${refusal}`)
  const desk = await openNodeDesk({ folder: place })
  const gone = await missing(desk, said, seed)
  await desk.close()
  return { tries: 1, lost: gone.length, opened: 2, broken: [...broken, ...gone] }
}

type Opened = Awaited<ReturnType<typeof openNodeDesk>>
interface Said {
  readonly own: ReadonlySet<number>
  readonly drafts: ReadonlyMap<number, number>
  readonly scans: ReadonlySet<string>
}

async function missing(desk: Opened, { own, drafts, scans }: Said, seed: number): Promise<readonly string[]> {
  const gone: string[] = []
  for (const number of own) {
    const event = entryOf(seed, number, false)
    const entry = desk.journal.index.events.get(event.id)
    const found = entry && (await desk.journal.eventOf(entry))
    if (JSON.stringify(found) !== JSON.stringify(event)) gone.push(`entry ${number}`)
  }
  const kept = new Map(desk.drafts.list().map((draft) => [String(draft.id), draft.content['step']]))
  for (const step of drafts.keys()) if (kept.get(sampleId(9000 + step)) !== step) gone.push(`draft ${step}`)
  for (const scan of scans) if (!Buffer.isBuffer(await desk.attachments.find(scan))) gone.push(`scan ${scan}`)
  return gone
}

/** Takes all the room there is but `rest`. */
function fill(disk: string, filler: string, rest: number): void {
  const free = Number(spawnSync('stat', ['-f', '-c', '%a', disk], { encoding: 'utf8' }).stdout) * pageBytes
  writeFileSync(filler, Buffer.alloc(Math.max(0, free - rest)))
}

function mount(args: readonly string[]): void {
  const done = spawnSync('mount', args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`no small disk can be mounted here (${done.stderr.trim()}): nothing was tried`)
}
