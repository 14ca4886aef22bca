import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { publishRecoveryKey } from '../../../district/store/publications.ts'
import type { Desk } from '../../../electron/desk.ts'
import { enrol } from '../../../electron/enrolment/enrol.ts'
import { learnPins, noteStanding } from '../../../electron/enrolment/standing.ts'
import { answerCall, type Handlers } from '../../../electron/ipc/answer-call.ts'
import { writePaper } from '../../../electron/printing/write-paper.ts'
import { openEscrowStore } from '../../../electron/vault/escrow-store.ts'
import type { DossierId, UnitId } from '../../../shared/core/ids.ts'
import { ok, type Result } from '../../../shared/core/result.ts'
import type { ReceiveDossier } from '../../../shared/domain/command.ts'
import { newBoxKey } from '../../../shared/node/sealed-box.ts'
import { procedureOf } from '../../harness/catalogue.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../../harness/node-desk.ts'
import { receiveCommand } from '../../harness/sample-commands.ts'
import type { TestCluster, TestDistrict } from '../../harness/test-district.ts'
import { streamOf } from '../office.ts'
import { noteRefusal, type Round, type RoundResult } from './round.ts'
import { tryToStart } from './start.ts'

const certifiedCopy = procedureOf('2.000815')
const knownPin = 'a'.repeat(64)
const silent = { info: () => undefined, error: () => undefined }

/** What the desk on the small disk has to write, what it is refused with while there is no room, and what must then be untouched. */
interface Place {
  readonly what: string
  readonly code: string
  readonly run: () => Promise<Result<unknown, { readonly code: string }>>
  readonly isUntouched: () => boolean
}

/**
 * ```
 * desk one (small disk) ── exchange, publications, keys, standing, clock, escrow, courier out, in, on, receipts, backup and
 *                          where it goes, a paper as PDF ──► no room: refused
 * desk two (elsewhere)  ── events and a courier file for it, and its receipt
 * ```
 */
export async function fullInTheOffice(round: Round, cluster: TestCluster): Promise<RoundResult> {
  const { disk, random, refusals } = round
  const broken: string[] = []
  const said = new Set<string>()
  const district = await cluster.district()
  const outside = `${disk.folder}-outside`
  mkdirSync(outside)
  const home = path.join(disk.folder, 'desk')
  const usb = path.join(disk.folder, 'usb')
  mkdirSync(usb)
  let one = await openDesk(district, home, 'Quầy 1')
  const two = await openDesk(district, path.join(outside, 'desk'), 'Quầy 2')
  const three = await openNodeDesk({ folder: path.join(disk.folder, 'third') })
  const enrolment = { url: district.url, code: await district.code(), deskName: 'Quầy 3' }
  try {
    // A file of desk one that desk two brought to the district, and its receipt; then a file of desk two for desk one.
    await receive(one, said)
    await one.backup.choose(usb)
    must(await one.courier.write(path.join(outside, 'one.motcua')))
    must(await two.courier.read(path.join(outside, 'one.motcua')))
    await two.courier.forward()
    const carried = two.courier.view().carried[0]
    if (!carried) throw new Error('nothing is carried')
    must(await two.courier.saveReceipt(carried.fileId, path.join(outside, 'receipt.motcua')))
    await receive(two, said)
    must(await two.courier.write(path.join(outside, 'early.motcua')))
    must(await one.courier.read(path.join(outside, 'early.motcua')))
    await receive(two, said)
    must(await two.courier.write(path.join(outside, 'two.motcua')))
    two.startExchange()
    // Long texts that no packing makes small: they never fit into what is left of a page.
    const dossierId = await receive(two, said)
    for (let count = 0; count < 12; count += 1) await note(two, dossierId, said, random)
    for (let count = 0; count < 3; count += 1) await receive(one, said)
    await two.findExchange()?.now()
    const cursor = one.journal.index.cursor.seq
    const unsent = one.journal.index.unsent.size

    const exchange = async (): Promise<Result<unknown, { readonly code: string }>> => {
      one.startExchange()
      await one.findExchange()?.now()
      const { line, code = '' } = one.findExchange()?.status() ?? {}
      return line === 'online' ? ok(line) : { ok: false, error: { code: `${line} ${code}` } }
    }
    const { identity } = one
    const known = identity.current()
    if (!known) throw new Error('desk one is not enrolled')
    await identity.save({ ...known, tls: { ...known.tls, pins: [knownPin] } })
    const stick = path.join(usb, 'viec.motcua')
    const receiptOnStick = path.join(usb, 'bien-nhan.motcua')
    const paper = path.join(usb, 'giay.pdf')
    const written = one.courier.view().written.length
    const early = one.courier.view().carried[0]?.fileId
    const confirmation = path.join(home, 'settings', 'clock-trust.sealed')
    const confirmedAt = writtenAt(confirmation)
    const otherPlace = path.join(outside, 'backup')
    mkdirSync(otherPlace)
    const escrow = await openEscrowStore(path.join(disk.folder, 'escrow'), randomBytes(32))
    const recoveryKey = { version: 1, keyId: '0011223344556677', publicKey: (await newBoxKey()).publicKey }
    const wasRefused = { code: 'district/refused', reason: 'desk/retired', status: 403 } as const
    const isSame = () => one.journal.index.cursor.seq === cursor && one.journal.index.unsent.size === unsent
    const places: readonly Place[] = [
      {
        what: 'courier file',
        code: 'courier/no-room',
        run: () => one.courier.write(stick),
        isUntouched: () => readdirSync(usb).every((name) => !name.includes('.motcua')),
      },
      {
        what: 'carried file',
        code: 'store/full',
        run: () => one.courier.read(path.join(outside, 'two.motcua')),
        isUntouched: () => one.courier.view().carried.length === 1,
      },
      {
        what: 'backup',
        code: 'full',
        async run() {
          const { state } = await one.backup.now()
          return state === 'done' ? ok(state) : { ok: false, error: { code: state } }
        },
        isUntouched: () => true,
      },
      {
        what: 'choice of a backup folder',
        code: 'store/full',
        run: async () => ok(await one.backup.choose(otherPlace)),
        isUntouched: () => one.backup.status().folder === usb && one.backup.status().lastAt !== undefined,
      },
      {
        what: 'note of a courier file',
        code: 'store/full',
        run: () => one.courier.write(path.join(outside, 'noted.motcua')),
        isUntouched: () => one.courier.view().written.length === written,
      },
      {
        what: 'receipt saved on a stick',
        code: 'courier/no-room',
        run: () => two.courier.saveReceipt(carried.fileId, receiptOnStick),
        isUntouched: () => !existsSync(receiptOnStick),
      },
      {
        // The district has the file by then; it answers the same again.
        what: 'receipt of a carried file',
        code: 'waiting',
        async run() {
          await one.courier.forward()
          const { state = 'gone' } = one.courier.view().carried.find(({ fileId }) => fileId === early) ?? {}
          return state === 'answered' ? ok(state) : { ok: false, error: { code: state } }
        },
        isUntouched: () => readdirSync(path.join(home, 'couriers')).every((name) => !name.endsWith('.receipt')),
      },
      {
        what: 'clock confirmation',
        code: 'store/full',
        run: async () => ok(await one.clockTrust.confirm()),
        isUntouched: () => writtenAt(confirmation) === confirmedAt,
      },
      {
        what: 'escrow copy',
        code: 'store/full',
        run: async () => ok(await escrow.sealFor(known, recoveryKey)),
        isUntouched: () => escrow.copy() === undefined,
      },
      {
        what: 'paper as PDF',
        code: 'file/no-room',
        run: () => writePaper(paper, randomBytes(100_000), () => undefined),
        isUntouched: () => !existsSync(paper),
      },
      {
        // The code is spent at the district by then; it must still answer the same PC.
        what: 'enrolment',
        code: 'store/full',
        run: () => enrol(enrolment, three),
        isUntouched: () => three.identity.current() === undefined,
      },
      {
        what: 'standing',
        code: 'store/full',
        run: async () =>
          ok(await noteStanding(one.identity, wasRefused).then(() => noteStanding(one.identity, undefined))),
        isUntouched: () => !identity.current()?.retired,
      },
      {
        what: 'district keys',
        code: 'store/full',
        run: async () => ok(await learnPins(one.identity, [knownPin, 'b'.repeat(64)])),
        isUntouched: () => identity.current()?.tls.pins.join() === knownPin,
      },
      {
        what: 'receipt',
        code: 'store/full',
        run: () => one.courier.read(path.join(outside, 'receipt.motcua')),
        isUntouched: isSame,
      },
      { what: "verdicts and others' events", code: 'stuck store/full', run: exchange, isUntouched: isSame },
      {
        what: 'publications',
        code: 'stuck store/full',
        async run() {
          const keyId = newId().replaceAll('-', '').slice(-16)
          const key = { keyId, publicKey: `B${'A'.repeat(86)}=` }
          await publishRecoveryKey(district.district.store, 'goi' as UnitId, key, district.district.clock.now())
          return exchange()
        },
        isUntouched: () => isSame() && one.reference.versions().recoveryKey === 0,
      },
    ]
    for (const { what, code, run, isUntouched } of places) {
      // Again each time: a refusal gives back what it had taken.
      disk.fill()
      const answer = await answered(run)
      noteRefusal(refusals, what, answer)
      if (answer !== code) broken.push(`${what} answered ${answer}`)
      if (!isUntouched()) broken.push(`${what} was refused and left something behind`)
    }

    await one.close()
    broken.push(...halfWritten(disk.folder).map((name) => `${name} was left half-written`))
    disk.fill()
    const started = await tryToStart(home)
    if (typeof started === 'string') broken.push(`a desk with nothing to mend did not start: ${started}`)
    else await started.close()

    disk.free()
    one = await openNodeDesk({ folder: home, random: () => 0 })
    await signIn(one, 'goi.son')
    for (const { what, run } of places) {
      const answer = await answered(run)
      if (answer !== '') broken.push(`${what} is refused (${answer}) although there is room again`)
    }
    for (const file of [stick, receiptOnStick, paper, confirmation])
      if (!existsSync(file)) broken.push(`there is no ${file}`)
    if (one.backup.status().folder !== otherPlace) broken.push('the backup does not go where it was last sent')
    await one.findExchange()?.now()
    await two.findExchange()?.now()
    return {
      ...(await counted(district, [one, two], said)),
      tries: 2 * places.length,
      opened: { times: 2, of: 2 },
      broken,
    }
  } finally {
    await one.close()
    await two.close()
    await three.close()
    await district.close()
  }
}

/** Receives a dossier at a desk, which says "Đã lưu". */
export async function receive(desk: Desk, said: Set<string>, change: Partial<ReceiveDossier> = {}): Promise<DossierId> {
  const dossierId = newId() as DossierId
  const done = must(await execute(desk, receiveCommand(certifiedCopy, dossierId, change)))
  said.add(done.eventId)
  return dossierId
}

/** A note of random letters, so that it takes on the disk what it is long. */
export async function note(desk: Desk, dossierId: DossierId, said: Set<string>, random: () => number): Promise<void> {
  const text = Array.from({ length: 1_500 }, () => Math.floor(random() * 36).toString(36)).join('')
  said.add(must(await execute(desk, { type: 'add-note', dossierId, text })).eventId)
}

function must<T>(result: Result<T, object>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

function writtenAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs
}

/** What a refused writer has not taken away again. */
function halfWritten(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(new|partial)$/.test(name))
}

/** The code the page would get, or nothing when it went well. */
async function answered(run: Place['run']): Promise<string> {
  const handlers = { 'desk.status': run } as unknown as Handlers
  const answer = await answerCall(handlers, silent, 'desk.status', undefined)
  return answer.ok ? '' : answer.error.code
}

/** Of what was acknowledged: what a desk or the district does not have, and what stands twice. */
export async function counted(
  district: TestDistrict,
  desks: readonly Desk[],
  said: ReadonlySet<string>,
): Promise<Pick<RoundResult, 'acknowledged' | 'lost' | 'duplicated'>> {
  const stream = (await streamOf(district)).map(({ event }) => event.id as string)
  const everywhere = [new Set(stream), ...desks.map(({ journal }) => new Set<string>(journal.index.events.keys()))]
  const lost = [...said].filter((id) => !everywhere.every((ids) => ids.has(id))).length
  return { acknowledged: said.size, lost, duplicated: stream.length - new Set(stream).size }
}

export async function openDesk(district: TestDistrict, folder: string, name: string): Promise<Desk> {
  const desk = await openNodeDesk({ folder, random: () => 0 })
  await enrolDesk(desk, district.url, await district.code(), name)
  await signIn(desk, 'goi.son')
  return desk
}
