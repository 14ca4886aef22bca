import fs from 'node:fs'
import path from 'node:path'
import { attachmentFile } from '../../district/attachments/attachment-store.ts'
import { makeRecoveryFile } from '../../district/escrow/recovery-file.ts'
import { publishRecoveryKey } from '../../district/store/publications.ts'
import type { Desk } from '../../electron/desk.ts'
import type { DossierId, UnitId } from '../../shared/core/ids.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import type { RecoveryFile } from '../../shared/wire/recovery-file.ts'
import { bundleProgram } from '../harness/bundle.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import { TestCluster, type TestDistrict } from '../harness/test-district.ts'
import type { Attack, AttackOptions, AttackResult } from './attack.ts'
import { type Operator, operatorOf } from './dead-pc/operator.ts'
import { broughtToSafety, liveAndDie, type Safe, type Testament } from './dead-pc/testament.ts'
import { type Road, type StepTimes, tellTimes, type Walk, walkAlong } from './dead-pc/walk.ts'

/**
 * ```
 * desk at work, line up and down, backups and sticks written ──kill -9 at any moment──► its disk is gone
 *      ├─ backup folder + recovery file (or the district lends the key) ┐
 *      ├─ the file on the stick, carried                                 ├─► spare PC, enrolled in its place
 *      └─ the district only                                              ┘
 * then: what the road had brought to safety is there once, the dead desk is refused, no number is given twice
 * ```
 * Each road is walked as docs/dead-pc.md tells it, step by step in its order, with the server's own commands; how long the
 * machine takes for a step is reported.
 */
export const deadPc: Attack = {
  id: 'dead-pc',
  holds: 'what a backup, a stick or the district had is on the spare PC once; the dead one stays shut out',
  run,
}

const roads: readonly Road[] = ['backup', 'stick', 'district']

const unitId = 'goi' as UnitId
const passphrase = 'khoá phục hồi của thị trấn'
const certifiedCopy = procedureOf('2.000815')

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
  const times: StepTimes = new Map()
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
        await liveDieRise(district, program, recovery, folder, road, seed, total, times)
      } catch (cause) {
        total.broken.push(`seed ${seed}, road ${road}: ${cause instanceof Error ? cause.stack : cause}`)
      } finally {
        await district.close()
      }
      options.say(`${at + 1} of ${histories} dead PCs, ${total.acknowledged} entries brought to safety`)
      if (total.broken.length > 5) break
    }
    for (const line of tellTimes(times)) options.say(line)
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
  times: StepTimes,
): Promise<void> {
  const at = (name: string) => path.join(folder, name)
  const random = seededRandom(seed)
  const { store, clock } = district.district
  const { keyId, publicKey } = recovery
  await publishRecoveryKey(store, unitId, { keyId, publicKey }, clock.now())
  const testament = await liveAndDie(district, program, folder, road, seed, random)
  fs.writeFileSync(at('recovery.json'), JSON.stringify(recovery))
  fs.writeFileSync(at('passphrase'), passphrase)
  const stored = await storedIds(district)
  const safe = broughtToSafety(testament, road, stored)
  const atStake = safe.events.filter((id) => !stored.has(id)).length
  // Otherwise the road had nothing to show.
  if (road !== 'district' && atStake === 0) throw new Error('the district had everything already')

  const operator = operatorOf(district, unitId)
  const walk = walkAlong(road, times)
  const broken = (words: string) => void total.broken.push(`seed ${seed}, road ${road}: ${words}`)
  const dead = await walk.step(1, () => operator.findDesk('Quầy sẽ hỏng'))
  if (dead !== testament.deskId) broken('status names another desk')
  const code = await walk.step(2, () => operator.enrolCode(dead))
  total.opened.of += 1
  const spare = await openNodeDesk({ folder: at('spare'), random: () => 0 })
  try {
    await walk.step(3, async () => {
      await enrolDesk(spare, district.url, code, 'Quầy thay')
      await signIn(spare, 'goi.son')
      spare.startExchange()
      must(await execute(spare, receiveCommand(certifiedCopy, newId() as DossierId)))
      await settle(spare)
    })
    if (road === 'stick') await takeStick(spare, walk, at('usb'))
    if (road === 'backup') await takeBackup(spare, walk, operator, dead, folder, random)
    for (const words of walk.leftOut()) broken(words)
    total.opened.times += 1
    total.tries += 1
    await compare(district, spare, testament, safe, road, total, broken)
    await wakeTheDead(district, at('dead'), broken)
  } finally {
    await spare.close()
  }
}

async function takeStick(spare: Desk, walk: Walk, usb: string): Promise<void> {
  const stick = path.join(usb, 'viec.motcua')
  await walk.step(4, async () => {
    // Twice: a stick is easily read again.
    for (const _ of fs.existsSync(stick) ? [1, 2] : []) must(await spare.courier.read(stick))
    await settle(spare)
  })
}

async function takeBackup(
  spare: Desk,
  walk: Walk,
  operator: Operator,
  dead: string,
  folder: string,
  random: () => number,
): Promise<void> {
  const [keyFile, passphraseFile] = [path.join(folder, 'recovery.json'), path.join(folder, 'passphrase')]
  await walk.step(4, async () => must(await spare.restore.look(path.join(folder, 'usb'))))
  const key = await walk.step(5, () => {
    const spareId = spare.identity.current()?.deskId ?? ''
    // A desk whose line went before it left its key at the district can be opened with the file only.
    const isLent = random() < 0.5 && operator.openEscrow(dead, spareId, keyFile, passphraseFile)
    return isLent ? ('lent' as const) : { file: keyFile, passphrase }
  })
  await walk.step(6, async () => {
    for (const _ of [1, 2]) must(await spare.restore.run(dead, key))
    await settle(spare)
  })
  // Papers and list are compared by people; the machine's part is the list.
  await walk.step(7, () => spare.journal.index.dossiers.size)
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
