import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { attachmentFile } from '../../district/attachments/attachment-store.ts'
import { makeRecoveryFile, openRecoveryFile } from '../../district/escrow/recovery-file.ts'
import { findDesk } from '../../district/store/desks.ts'
import { addEnrolmentCode } from '../../district/store/enrolment-codes.ts'
import { findEscrow, lendKey } from '../../district/store/escrow.ts'
import { publishRecoveryKey } from '../../district/store/publications.ts'
import type { Desk } from '../../electron/desk.ts'
import type { DossierId, UnitId } from '../../shared/core/ids.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { openSealed, sealTo } from '../../shared/node/sealed-box.ts'
import { escrowContext, lentKeyContext } from '../../shared/wire/escrow.ts'
import type { RecoveryFile } from '../../shared/wire/recovery-file.ts'
import { bundleProgram } from '../harness/bundle.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { openFaultyLine } from '../harness/faulty-line.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { TestCluster, type TestDistrict } from '../harness/test-district.ts'
import type { Attack, AttackOptions, AttackResult } from './attack.ts'
import type { DoomedLine } from './programs/doomed-desk.ts'

/**
 * ```
 * desk at work, line up and down, backups and sticks written ──kill -9 at any moment──► its disk is gone
 *      ├─ backup folder + recovery file (or the district lends the key) ┐
 *      ├─ the file on the stick, carried                                 ├─► spare PC, enrolled in its place
 *      └─ the district only                                              ┘
 * then: what the road had brought to safety is there once, the dead desk is refused, no number is given twice
 * ```
 */
export const deadPc: Attack = {
  id: 'dead-pc',
  holds: 'what a backup, a stick or the district had is on the spare PC once; the dead one stays shut out',
  needsElectron: false,
  run,
}

const roads = ['backup', 'stick', 'district'] as const
type Road = (typeof roads)[number]

const unitId = 'goi' as UnitId
const passphrase = 'khoá phục hồi của thị trấn'
const certifiedCopy = procedureOf('2.000815')

/** What the doomed desk had said when it died. */
interface Testament {
  readonly deskId: string
  readonly lines: readonly DoomedLine[]
}

async function run(options: AttackOptions): Promise<AttackResult> {
  const histories = options.scale === 'long' ? 36 : 3
  const total = {
    tries: 0,
    acknowledged: 0,
    lost: 0,
    duplicated: 0,
    opened: { times: 0, of: 0 },
    broken: [] as string[],
  }
  const program = bundleProgram('tests/torture/programs/doomed-desk.ts', `doomed-desk-${process.pid}`)
  const recovery = await makeRecoveryFile(unitId, passphrase)
  const cluster = await TestCluster.start()
  try {
    for (let at = 0; at < histories; at += 1) {
      const seed = options.seed + at
      const folder = path.join(options.folder, String(seed))
      fs.mkdirSync(path.join(folder, 'usb'), { recursive: true })
      const road = roads[at % roads.length] ?? 'backup'
      const district = await cluster.district()
      try {
        await liveDieRise(district, program, recovery, folder, road, seed, total)
      } catch (cause) {
        total.broken.push(`seed ${seed}, road ${road}: ${cause instanceof Error ? cause.stack : cause}`)
      } finally {
        await district.close()
      }
      options.say(`${at + 1} of ${histories} dead PCs, ${total.acknowledged} entries brought to safety`)
      if (total.broken.length > 5) break
    }
  } finally {
    await cluster.stop()
    fs.rmSync(path.dirname(program), { recursive: true, force: true })
  }
  return total
}

type Total = { -readonly [K in keyof AttackResult]: AttackResult[K] } & {
  opened: { times: number; of: number }
  broken: string[]
}

async function liveDieRise(
  district: TestDistrict,
  program: string,
  recovery: RecoveryFile,
  folder: string,
  road: Road,
  seed: number,
  total: Total,
): Promise<void> {
  const at = (name: string) => path.join(folder, name)
  const random = seededRandom(seed)
  const { store, clock } = district.district
  const { keyId, publicKey } = recovery
  await publishRecoveryKey(store, unitId, { keyId, publicKey }, clock.now())
  const testament = await liveAndDie(district, program, folder, road, seed, random)
  fs.writeFileSync(at('recovery.json'), JSON.stringify(recovery))
  const stored = await storedIds(district)
  const safe = broughtToSafety(testament, road, stored)
  const atStake = safe.events.filter((id) => !stored.has(id)).length
  // Otherwise the road had nothing to show.
  if (road !== 'district' && atStake === 0) throw new Error('the district had everything already')

  const code = await addEnrolmentCode(
    store,
    { unitId, deskName: 'Quầy thay', hours: 1, replaces: testament.deskId },
    clock.now(),
  )
  total.opened.of += 1
  const spare = await openNodeDesk({ folder: at('spare'), random: () => 0 })
  try {
    await enrolDesk(spare, district.url, code, 'Quầy thay')
    await signIn(spare, 'goi.son')
    spare.startExchange()
    await takeRoad(district, spare, testament, road, folder, random)
    await settle(spare)
    total.opened.times += 1
    total.tries += 1
    await compare(district, spare, testament, safe, road, total, (words) =>
      total.broken.push(`seed ${seed}, road ${road}: ${words}`),
    )
    await wakeTheDead(district, at('dead'), (words) => total.broken.push(`seed ${seed}, road ${road}: ${words}`))
  } finally {
    await spare.close()
  }
}

async function liveAndDie(
  district: TestDistrict,
  program: string,
  folder: string,
  road: Road,
  seed: number,
  random: () => number,
): Promise<Testament> {
  const line = await openFaultyLine(district.url, () => 'none')
  const places = ['dead', 'usb', path.join('usb', 'viec.motcua')].map((name) => path.join(folder, name))
  const args = [
    program,
    places[0] ?? '',
    line.url,
    await district.code(),
    places[1] ?? '',
    places[2] ?? '',
    String(seed),
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: DoomedLine[] = []
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const enough = 40 + Math.floor(random() * 80)
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (exit) => reject(new Error(`the doomed desk ended by itself with ${exit}`)))
      createInterface({ input: child.stdout }).on('line', (text) => {
        lines.push(JSON.parse(text) as DoomedLine)
        // Where a backup or a stick is the road, the line is gone for good after a while: what it has taken is not at stake.
        const isGone = road !== 'district' && lines.length > enough / 3
        if (isGone) line.setUp(false)
        else if (lines.length > 1 && random() < 0.15) line.setUp(random() < 0.3)
        // A desk that never reached safety has nothing to lose; one that never did in 600 lines will not.
        const isLate = ({ said }: DoomedLine, at: number) => said === 'safe' && (road === 'district' || at > enough / 2)
        const safeties = lines.filter((each, at) => isLate(each, at) && 'road' in each && each.road === road).length
        if (lines.length >= enough && (safeties >= 2 || lines.length >= 600)) resolve()
      })
    })
    // In the middle of something: a copy, a write to the stick, an append.
    await wait(Math.floor(random() * 40))
  } finally {
    await kill(child, ended)
    await line.close()
  }
  const first = lines[0]
  if (first?.said !== 'enrolled') throw new Error('the doomed desk was never enrolled')
  return { deskId: first.deskId, lines }
}

async function kill(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.removeAllListeners('exit')
  if (child.exitCode === null) child.kill('SIGKILL')
  await ended
}

interface Safe {
  readonly events: readonly string[]
  readonly scans: readonly string[]
  readonly drafts: readonly string[]
}

/** What the road must bring back: all before the last safety it said, and whatever the district held by then. */
function broughtToSafety({ lines }: Testament, road: Road, stored: ReadonlySet<string>): Safe {
  const upTo = Math.max(0, ...lines.map((line) => (line.said === 'safe' && line.road === road ? line.upTo : 0)))
  const acknowledged = lines.flatMap((line, at) =>
    line.said === 'acknowledged' && (at < upTo || stored.has(line.eventId)) ? [{ line, at }] : [],
  )
  return {
    events: acknowledged.map(({ line }) => line.eventId),
    scans:
      road === 'district' ? [] : acknowledged.flatMap(({ line, at }) => (at < upTo && line.scan ? [line.scan] : [])),
    drafts:
      road === 'backup' ? lines.slice(0, upTo).flatMap((line) => (line.said === 'draft' ? [line.draftId] : [])) : [],
  }
}

async function takeRoad(
  district: TestDistrict,
  spare: Desk,
  testament: Testament,
  road: Road,
  folder: string,
  random: () => number,
): Promise<void> {
  const stick = path.join(folder, 'usb', 'viec.motcua')
  if (road === 'stick' && fs.existsSync(stick)) {
    // Twice: a stick is easily read again.
    for (const _ of [1, 2]) must(await spare.courier.read(stick))
  }
  if (road !== 'backup') return
  must(await spare.restore.look(path.join(folder, 'usb')))
  // A desk whose line went before it left its key at the district can be opened with the file only.
  const isLent =
    random() < 0.5 && (await lend(district, testament.deskId, spare.identity.current()?.deskId ?? '', folder))
  const key = isLent ? ('lent' as const) : { file: path.join(folder, 'recovery.json'), passphrase }
  for (const _ of [1, 2]) must(await spare.restore.run(testament.deskId, key))
}

/** What `open-escrow` does at the district. */
async function lend(district: TestDistrict, oldDeskId: string, newDeskId: string, folder: string): Promise<boolean> {
  const { store, clock } = district.district
  const [old, next] = [await findDesk(store.allUnits, oldDeskId), await findDesk(store.allUnits, newDeskId)]
  const opened = await openRecoveryFile(fs.readFileSync(path.join(folder, 'recovery.json'), 'utf8'), passphrase)
  if (!old || !next || typeof opened === 'string') throw new Error('nothing to lend')
  const { keyId } = opened.file
  const sealed = await findEscrow(store.ofUnit(unitId), old, keyId)
  if (!sealed) return false
  const key = await openSealed(opened.privateKey, escrowContext({ ...old, keyId }), sealed)
  if (!key) throw new Error('the escrow copy at the district does not open')
  const context = lentKeyContext(unitId, oldDeskId, newDeskId)
  await lendKey(store.ofUnit(unitId), next, oldDeskId, await sealTo(next.boxKey, context, key), clock.now())
  return true
}

function must(result: { readonly ok: boolean; readonly error?: unknown }): void {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
}

async function settle(desk: Desk): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await desk.findExchange()?.now()
    await desk.courier.forward()
    const waiting = desk.courier.view().carried.some(({ state }) => state === 'waiting')
    if (!waiting && desk.journal.index.unsent.size === 0) break
  }
  await desk.findExchange()?.now()
}

async function storedIds(district: TestDistrict): Promise<ReadonlySet<string>> {
  return new Set((await storedEvents(district)).map(({ id }) => id))
}

async function storedEvents(district: TestDistrict): Promise<readonly StoredEvent[]> {
  const { rows } = await district.district.store.allUnits.query<{ text: string }>('select text from event order by seq')
  return rows.map(({ text }) => JSON.parse(text) as StoredEvent)
}

async function compare(
  district: TestDistrict,
  spare: Desk,
  { lines }: Testament,
  safe: Safe,
  road: Road,
  total: Total,
  broken: (words: string) => void,
): Promise<void> {
  const stored = await storedEvents(district)
  const counts = new Map<string, number>()
  for (const { id } of stored) counts.set(id, (counts.get(id) ?? 0) + 1)
  total.acknowledged += safe.events.length
  for (const id of safe.events) {
    if (!counts.has(id) || !spare.journal.index.events.has(id)) total.lost += 1
    if ((counts.get(id) ?? 0) > 1) total.duplicated += 1
  }
  const { dataFolder } = district.district
  for (const sha256 of safe.scans) {
    if (!fs.existsSync(attachmentFile(dataFolder, unitId, sha256))) broken(`scan ${sha256} of a safe event is gone`)
  }
  const drafts = new Set<string>(spare.drafts.list().map(({ id }) => id))
  for (const id of safe.drafts) if (!drafts.has(id)) broken(`draft ${id} is gone`)

  const printed = lines.flatMap((line) => (line.said === 'acknowledged' && line.number ? [line.number] : []))
  const fresh = await execute(spare, receiveCommand(certifiedCopy, newId() as DossierId))
  if (!fresh.ok || !fresh.value.number) broken(`the spare PC gives no number: ${JSON.stringify(fresh)}`)
  else if (printed.includes(fresh.value.number.text)) broken(`number ${fresh.value.number.text} is given twice`)
  const numbers = stored.flatMap(({ body }) => (body.number as { text?: string } | undefined)?.text ?? [])
  if (new Set(numbers).size !== numbers.length) broken('a number stands twice in the register')

  const { rows } = await district.district.store.allUnits.query<{ subject: string }>(
    `select subject from incident where code = 'desk/may-have-unsent' and closed_at is null`,
  )
  if (rows.length !== 1) broken(`${rows.length} incidents say that the dead PC may have had unsent work (road ${road})`)
}

/** The dead PC is switched on again: whatever it still has, it is refused. */
async function wakeTheDead(district: TestDistrict, folder: string, broken: (words: string) => void): Promise<void> {
  const dead = await openNodeDesk({ folder, random: () => 0 })
  try {
    const identity = dead.identity.current()
    if (identity) await dead.identity.save({ ...identity, districtUrl: district.url })
    await signIn(dead, 'goi.son')
    const done = await execute(dead, receiveCommand(certifiedCopy, newId() as DossierId))
    if (!done.ok) throw new Error(`the dead PC no longer works by itself: ${done.error.code}`)
    dead.startExchange()
    await dead.findExchange()?.now()
    const status = dead.findExchange()?.status()
    if (status?.line !== 'refused' || status.code !== 'desk/retired')
      broken(`the dead PC is not refused: ${status?.code}`)
    if ((await storedIds(district)).has(done.value.eventId)) broken('the dead PC still got an event in')
  } finally {
    await dead.close()
  }
}
