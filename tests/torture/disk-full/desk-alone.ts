import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Desk } from '../../../electron/desk.ts'
import { answerCall, type Handlers } from '../../../electron/ipc/answer-call.ts'
import { chainEvent } from '../../../electron/journal/chain.ts'
import { createLog } from '../../../electron/log.ts'
import type { DraftId, StaffId } from '../../../shared/core/ids.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { sampleId } from '../../harness/sample-events.ts'
import { draftContent, entryOf, scanBytes } from '../power-cut/work.ts'
import { noteRefusal, type Round, type RoundResult } from './round.ts'
import { tryToStart } from './start.ts'

/** The desk's own stores, entries, drafts, scans, snapshot and log, take turns in meeting the full disk. */
export async function fullBesideEntries({ disk, seed, random, refusals }: Round): Promise<RoundResult> {
  const broken: string[] = []
  const said = { own: new Set<number>(), drafts: new Map<number, number>(), scans: new Set<string>() }
  let tries = 0
  const place = path.join(disk.folder, 'desk')
  const desk = await openNodeDesk({ folder: place })
  const log = createLog(path.join(place, 'log'), () => '2022-08-17T01:00:00.000Z')
  mkdirSync(path.join(place, 'log'), { recursive: true })
  await workADay(desk, seed, said.own)
  disk.fill(Math.floor(random() * 12))

  /** The answer the page would get. */
  async function attempt(what: string, work: () => Promise<unknown>): Promise<boolean> {
    tries += 1
    const handlers = { 'desk.status': async () => ({ ok: true, value: await work() }) } as unknown as Handlers
    const answer = await answerCall(handlers, log, 'desk.status', undefined)
    if (answer.ok) return true
    const { code } = answer.error
    noteRefusal(refusals, what, code)
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

  // What a start after a kill at that moment would find, read beside the running desk: nothing half-written.
  const copy = path.join(path.dirname(disk.folder), 'copy')
  rmSync(copy, { recursive: true, force: true })
  spawnSync('cp', ['-r', place, copy])
  const beside = await openNodeDesk({ folder: copy })
  broken.push(...(await missing(beside, said, seed)).map((words) => `at the full disk: ${words}`))
  if (beside.journal.health().state !== 'whole') broken.push(`at the full disk: ${beside.journal.health().state}`)
  await beside.close()

  disk.free()
  for (const work of refused) {
    if (await attempt(work.what, work.run)) work.done()
    else broken.push(`${work.what} is refused although there is room again`)
  }
  await desk.close()
  const again = await openNodeDesk({ folder: place })
  const gone = await missing(again, said, seed)
  broken.push(...gone.map((words) => `after it: ${words}`))
  const chains = [...again.journal.index.events.values()].map(({ chainN }) => chainN)
  const duplicated = chains.length - new Set(chains).size
  if (chains.length !== said.own.size) broken.push(`${chains.length} entries instead of ${said.own.size}`)
  if (again.journal.health().state !== 'whole') broken.push(`after it: ${again.journal.health().state}`)
  await again.close()
  const acknowledged = said.own.size + said.scans.size
  return { tries, acknowledged, lost: gone.length, duplicated, opened: { times: 2, of: 2 }, broken }
}

/**
 * ```
 * a desk with a day's work, whole or with a journal to be healed ─► its disk full or read-only ─► started
 *   ─► it stands there with everything, or says in words why not; a first start beside it says why not
 *   ─► room again ─► started: everything, healed
 * ```
 */
export async function startWithoutRoom(
  { disk, seed, random, refusals }: Round,
  way: Way,
  isHurt: boolean,
): Promise<RoundResult> {
  const place = path.join(disk.folder, 'desk')
  const broken: string[] = []
  const said = { own: new Set<number>(), drafts: new Map<number, number>(), scans: new Set<string>() }
  const first = await openNodeDesk({ folder: place })
  await workADay(first, seed, said.own)
  await first.close()
  if (isHurt) hurtAnEntry(path.join(place, 'journal'), random)
  if (way === 'read-only') await disk.setReadOnly(true)
  else disk.fill()
  const started = await tryToStart(place)
  if (typeof started !== 'string') {
    broken.push(...(await missing(started, said, seed)).map((words) => `started without room: ${words}`))
    await started.close()
    if (isHurt || way === 'read-only') broken.push(`a start that had to write (${way}) did not say that it could not`)
  } else {
    noteRefusal(refusals, 'start', way)
    if (!wordsOf[way].test(started)) broken.push(`a start (${way}) said: ${started}`)
    if (!isHurt && way === 'full') broken.push('a start that had nothing to write refused')
  }
  const newPlace = path.join(disk.folder, 'new')
  if (way === 'full') disk.fill()
  const firstStart = await tryToStart(newPlace)
  noteRefusal(refusals, 'first start', way)
  if (typeof firstStart !== 'string') {
    await firstStart.close()
    broken.push(`a first start (${way}) did not say that it could not write`)
  } else if (!wordsOf[way].test(firstStart)) broken.push(`a first start (${way}) said: ${firstStart}`)
  if (way === 'read-only') await disk.setReadOnly(false)
  else disk.free()
  const again = await openNodeDesk({ folder: place })
  const gone = await missing(again, said, seed)
  const { state, whole } = again.journal.health()
  if (state !== (isHurt ? 'damaged' : 'whole') || !whole) broken.push(`after it: ${state}, whole: ${whole}`)
  await again.close()
  await (await openNodeDesk({ folder: newPlace })).close()
  const { size: acknowledged } = said.own
  const opened = { times: 2, of: 2 }
  return { tries: 2, acknowledged, lost: gone.length, duplicated: 0, opened, broken: [...broken, ...gone] }
}

type Way = 'full' | 'read-only'

const wordsOf = { full: /^Ổ đĩa đầy.*còn nguyên/, 'read-only': /chỉ cho đọc.*còn nguyên/ } as const

/** Work of a day before, so that compaction, snapshots and healing have something to write. */
async function workADay(desk: Desk, seed: number, said: Set<number>): Promise<void> {
  for (let number = 1; number <= 40; number += 1) {
    await desk.journal.append([{ own: [chainEvent(desk.journal.index.chain, entryOf(seed, number, false))] }])
    said.add(number)
  }
}

/** The mirror still has what stood there; putting it back takes room. */
function hurtAnEntry(journal: string, random: () => number): void {
  const segment = readdirSync(journal).find((name) => name.endsWith('.log'))
  if (!segment) throw new Error('no journal to hurt')
  const file = path.join(journal, segment)
  const bytes = readFileSync(file)
  const at = Math.floor(bytes.byteLength * (0.2 + 0.6 * random()))
  bytes[at] = (bytes[at] ?? 0) ^ 0x55
  writeFileSync(file, bytes)
}

interface Said {
  readonly own: ReadonlySet<number>
  readonly drafts: ReadonlyMap<number, number>
  readonly scans: ReadonlySet<string>
}

async function missing(desk: Desk, { own, drafts, scans }: Said, seed: number): Promise<readonly string[]> {
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
