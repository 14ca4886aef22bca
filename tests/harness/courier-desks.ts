import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { broughtByOperator } from '../../district/courier/bringer.ts'
import { type TakenCourier, type TakeRefusal, takeCourier } from '../../district/courier/take-courier.ts'
import type { Desk } from '../../electron/desk.ts'
import type { Result } from '../../shared/core/result.ts'
import { procedureOf } from './catalogue.ts'
import { type FaultyLine, type LineFault, openFaultyLine } from './faulty-line.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from './node-desk.ts'
import { documentsFor, receiveCommand } from './sample-commands.ts'
import { tempFolder } from './temp-folder.ts'
import type { TestDistrict } from './test-district.ts'

const certifiedCopy = procedureOf('2.000815')

/** A desk on a line of its own that can be cut, with a stick to write to. */
export interface CourierDesk {
  readonly desk: Desk
  readonly line: FaultyLine
  readonly folder: string
}

export async function openCourierDesk(
  district: TestDistrict,
  name: string,
  unitId = 'goi',
  officer = 'goi.hanh',
  nextFault: () => LineFault = () => 'none',
): Promise<CourierDesk> {
  const line = await openFaultyLine(district.url, nextFault)
  onTestFinished(() => line.close())
  const folder = path.join(tempFolder(), name)
  const desk = await openNodeDesk({ folder, random: () => 0 })
  onTestFinished(() => desk.close())
  await enrolDesk(desk, district.url, await district.code(unitId), name)
  const identity = desk.identity.current()
  if (identity) await desk.identity.save({ ...identity, districtUrl: line.url })
  await signIn(desk, officer)
  return { desk, line, folder }
}

/** Receives a dossier, with scans of the given contents. */
export async function receive(desk: Desk, scans: readonly Uint8Array[] = []): Promise<string> {
  const dossierId = newId()
  const [first, ...others] = documentsFor(certifiedCopy)
  if (!first) throw new Error('the procedure asks for documents')
  const stored = await Promise.all(
    scans.map(async (content, at) => ({
      sha256: await desk.attachments.put(content),
      bytes: content.byteLength,
      mediaType: 'application/pdf' as const,
      name: `quet-${at + 1}.pdf`,
    })),
  )
  const documents = [{ ...first, scans: stored }, ...others]
  const done = await execute(desk, receiveCommand(certifiedCopy, dossierId, { documents }))
  if (!done.ok) throw new Error(`receive-dossier: ${JSON.stringify(done.error)}`)
  return dossierId
}

/** A scan of so many bytes, different for each seed. */
export function scanOf(bytes: number, seed: number): Buffer {
  const content = Buffer.alloc(bytes, createHash('sha256').update(`scan ${seed}`).digest())
  content.write('%PDF-1.7')
  return content
}

export async function writeTo(desk: Desk, stick: string): Promise<string> {
  const file = path.join(stick, `${newId()}.motcua`)
  const written = await desk.courier.write(file)
  if (!written.ok) throw new Error(`courier.write: ${written.error.code}`)
  return file
}

/** What the operator's command does, on the test's district. */
export async function takeAt(
  { district }: TestDistrict,
  file: string,
  receipt: string,
  retiredToo = false,
): Promise<Result<TakenCourier, TakeRefusal>> {
  const [from, to] = [await open(file, 'r'), await open(receipt, 'w+')]
  try {
    return await takeCourier(district, from, to, broughtByOperator(retiredToo))
  } finally {
    await Promise.all([from.close(), to.close()])
  }
}

export async function streamOf(
  district: TestDistrict,
  unitId = 'goi',
): Promise<readonly { readonly seq: number; readonly eventId: string; readonly text: string }[]> {
  const { rows } = await district.district.store
    .ofUnit(unitId)
    .query<{ seq: number; eventId: string; text: string }>(
      'select seq, event_id as "eventId", text from event where unit_id = $1 order by seq',
      [unitId],
    )
  return rows
}

export async function incidentsOf(district: TestDistrict): Promise<readonly string[]> {
  const { rows } = await district.district.store.allUnits.query<{ code: string }>('select code from incident')
  return rows.map(({ code }) => code)
}
