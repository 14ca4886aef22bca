import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { err, ok, type Result } from '../../shared/core/result.ts'
import {
  type CourierEntry,
  findBodyFault,
  readCourierEntries,
  readCourierHead,
  writeCourier,
} from '../../shared/node/courier-file.ts'
import {
  type CourierFault,
  type CourierHead,
  type CourierRecord,
  courierSignatureInput,
} from '../../shared/wire/courier.ts'
import type { ExchangeReply } from '../../shared/wire/exchange.ts'
import { protocolFloor } from '../../shared/wire/protocol.ts'
import { findAttachment, writeAttachment } from '../attachments/attachment-store.ts'
import type { District } from '../district.ts'
import { noteMayHaveUnsent } from '../enrolment/fence-desk.ts'
import { answerExchange, isOfFormerLife } from '../exchange/answer-exchange.ts'
import { isSignedBy } from '../exchange/district-key.ts'
import { readBatch } from '../exchange/read-batch.ts'
import { noteAttachment } from '../store/attachment-rows.ts'
import { type Desk, findDesk } from '../store/desks.ts'
import type { Bringer } from './bringer.ts'

export type TakeRefusal = CourierFault | 'protocol/too-old'

export interface TakenCourier {
  readonly file: CourierHead
  readonly receipt: CourierHead
}

/**
 * ```
 * head ─► ours? ─► body whole? ─► author known? signature? may it be brought? ─► every record read once, using none
 *      ─► each page of events: answerExchange ─► reply ┐
 *      ─► each scan: attachment store, fsynced ────────┴─► receipt, sealed to the author's letter box, signed by the district
 * ```
 * 1. Nothing of a file is used before all of it has been read and belongs to its author.
 * 2. Events go the way of any exchange, as the author's own, whoever brought the file. Taken again they get their first
 *    verdicts again; a crash in the middle only means taking the file again.
 */
export async function takeCourier(
  district: District,
  handle: FileHandle,
  receipt: FileHandle,
  bringer: Bringer,
): Promise<Result<TakenCourier, TakeRefusal>> {
  const head = await readCourierHead(handle)
  if (!head.ok) return head
  const file = head.value
  if (file.kind !== 'events') return err('courier/not-courier')
  if (file.district !== boxMarkOf(district)) return err('courier/other-district')
  const fault = await findBodyFault(handle, file)
  if (fault) return err(fault)
  const author = await findDesk(district.store.allUnits, file.deskId)
  if (!author || author.unitId !== file.unitId || author.boxKey === '') return err('courier/unknown-author')
  if (!isSignedBy(author.publicKey, courierSignatureInput(file), file.signature)) return err('courier/changed')
  const refused = bringer(author) ?? (await findFaultInside(district, handle, file))
  if (refused) return err(refused)
  const { fileId, unitId, deskId, lane, district: mark } = file
  const outline = { kind: 'receipt', fileId, unitId, deskId, lane, district: mark } as const
  const written = await writeCourier(
    receipt,
    { ...outline, createdAt: district.clock.now() },
    author.boxKey,
    takeRecords(district, author, file, readCourierEntries(handle, file, district.boxKey.privateKey)),
    district.key.sign,
  )
  if (author.retired) await noteMayHaveUnsent(district.store.ofUnit(unitId), author, district.clock.now())
  return ok({ file, receipt: written })
}

/** Which district a file is for: the SHA-256 of its letter box. */
function boxMarkOf({ boxKey }: District): string {
  return createHash('sha256').update(boxKey.publicKey).digest('hex')
}

/** A dry run: after it nothing in the file can stop its taking half-way. */
async function findFaultInside(
  district: District,
  handle: FileHandle,
  file: CourierHead,
): Promise<TakeRefusal | undefined> {
  const seen = { events: 0, scans: 0 }
  let last: CourierRecord['record'] | undefined
  for await (const entry of readCourierEntries(handle, file, district.boxKey.privateKey)) {
    if (!entry.ok) return entry.error
    const { record, content } = entry.value
    if ((record.record === 'opening') !== (last === undefined)) return 'courier/changed'
    if (record.record === 'opening' && record.protocol < protocolFloor) return 'protocol/too-old'
    if (record.record === 'reply' || record.record === 'held') return 'courier/changed'
    if (record.record === 'events') {
      if (!(await readBatch(record.events)).ok) return 'courier/changed'
      seen.events += record.events.length
    }
    if (record.record === 'scan') {
      if (
        createHash('sha256')
          .update(content ?? '')
          .digest('hex') !== record.sha256
      )
        return 'courier/changed'
      seen.scans += 1
    }
    last = record.record
  }
  return last === 'end' && seen.events === file.events && seen.scans === file.scans ? undefined : 'courier/changed'
}

type Opening = Extract<CourierRecord, { record: 'opening' }>

/** Takes record by record, and gives what belongs into the receipt. */
async function* takeRecords(
  district: District,
  author: Desk,
  file: CourierHead,
  entries: AsyncIterable<Result<CourierEntry, CourierFault>>,
): AsyncGenerator<CourierEntry> {
  const held = new Set<string>()
  let asked: Opening | undefined
  let reply: ExchangeReply | undefined
  for await (const entry of entries) {
    if (!entry.ok) throw new Error(`invariant: a checked courier file answers ${entry.error}`)
    const { record, content } = entry.value
    if (record.record === 'opening') asked = record
    if (record.record === 'events' && asked) {
      reply = await exchangeFor(district, author, file, asked, record)
      yield { record: { record: 'reply', after: asked.cursor, reply } }
      asked = behind(asked, reply)
    }
    if (record.record === 'scan' && content && (await takeScan(district, author, record.sha256, content))) {
      held.add(record.sha256)
    }
  }
  // What the author lacks of others' work comes along, as far as there is any.
  while (asked && (!reply || reply.more)) {
    reply = await exchangeFor(district, author, file, asked)
    yield { record: { record: 'reply', after: asked.cursor, reply } }
    asked = behind(asked, reply)
  }
  yield { record: { record: 'held', scans: [...held] } }
  yield { record: { record: 'end' } }
}

const nothing: Opening['holds'] = { catalogue: 0, calendar: 0, units: 0, staff: 0 }

async function exchangeFor(
  district: District,
  author: Desk,
  { fileId }: CourierHead,
  { protocol, cursor, holds }: Opening,
  page?: Extract<CourierRecord, { record: 'events' }>,
): Promise<ExchangeReply> {
  // By stick nothing can be given back first, so what was decided in a former life is taken as from a desk that is new.
  const from = isOfFormerLife(district, cursor) ? { cursor: { epoch: '', seq: 0 }, holds: nothing } : { cursor, holds }
  const request = { protocol, ...from, events: page?.events ?? [], ...(page ? { head: page.head } : {}) }
  const answered = await answerExchange(district, author, request, fileId)
  if (!answered.ok) throw new Error(`invariant: a checked page is refused: ${answered.error.code}`)
  return answered.value.reply
}

/** The next question of the round: from where the reply ended, holding what it brought. */
function behind(asked: Opening, { cursor, publications }: ExchangeReply): Opening {
  const brought = Object.entries(publications).map(([kind, publication]) => [kind, publication?.version ?? 0])
  return { ...asked, cursor, holds: { ...asked.holds, ...Object.fromEntries(brought) } }
}

/** False for what is no scan: its author is told nothing of it and keeps it. */
async function takeScan(district: District, author: Desk, sha256: string, content: Uint8Array): Promise<boolean> {
  const { dataFolder, clock } = district
  const before = await findAttachment(dataFolder, author.unitId, sha256)
  const written = before ? ok(before) : await writeAttachment(dataFolder, author.unitId, sha256, only(content))
  if (!written.ok) return false
  await noteAttachment(district.store.ofUnit(author.unitId), author, sha256, written.value, clock.now())
  return true
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
