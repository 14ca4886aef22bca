import { randomFillSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { attachmentFile } from '../../../district/attachments/attachment-store.ts'
import type { Desk } from '../../../electron/desk.ts'
import { procedureOf } from '../../harness/catalogue.ts'
import { documentsFor } from '../../harness/sample-commands.ts'
import type { TestCluster } from '../../harness/test-district.ts'
import { counted, note, openDesk, receive } from './desk-in-office.ts'
import { noteRefusal, type Round, type RoundResult } from './round.ts'

const certifiedCopy = procedureOf('2.000815')

/**
 * ```
 * desk (elsewhere) ── events, small scans, large scans ──► district whose database and scans lie on the full disk: refused
 *   ─► room again ─► the same go through, once
 * ```
 */
export async function fullDistrict({ disk, random, refusals }: Round, cluster: TestCluster): Promise<RoundResult> {
  const broken: string[] = []
  const said = new Set<string>()
  const scans: string[] = []
  const district = await cluster.districtIn(disk.folder)
  const desk = await openDesk(district, `${disk.folder}-desk`, 'Quầy 1')
  const exchange = async () => {
    await desk.findExchange()?.now()
    return desk.findExchange()?.status()
  }
  /** An event goes through while there is room; only its scan is to meet the full disk. */
  let isFilledBehindEvents = false
  desk.journal.onAppend(() => {
    if (!isFilledBehindEvents || desk.journal.index.unsent.size > 0) return
    isFilledBehindEvents = false
    disk.fill()
  })
  const tryFull = async (what: string) => {
    const status = await exchange()
    const answer = `${status?.line} ${status?.code ?? ''}`
    noteRefusal(refusals, what, answer)
    return answer === 'refused district/overloaded' ? [] : [`${what} at a full district ended ${answer}`]
  }
  const hasCome = (scan: string) => existsSync(attachmentFile(district.district.dataFolder, 'goi', scan))
  try {
    await receive(desk, said)
    desk.startExchange()
    await exchange()

    for (const bytes of [20_000, 300_000]) {
      const scan = await receiveWithScan(desk, said, bytes)
      scans.push(scan)
      isFilledBehindEvents = true
      const ended = await tryFull(`scan of ${bytes} bytes`)
      // PostgreSQL may have let go of a file meanwhile: a scan that has really come found room.
      if (!hasCome(scan)) {
        broken.push(...ended)
        if (desk.journal.index.unsentScans.size === 0) broken.push('a refused scan counts as sent')
      }
      disk.free()
      await exchange()
    }

    const dossierId = await receive(desk, said)
    for (let count = 0; count < 40; count += 1) await note(desk, dossierId, said, random)
    const unsent = desk.journal.index.unsent.size
    disk.fill()
    broken.push(...(await tryFull('events')))
    if (desk.journal.index.unsent.size !== unsent) broken.push('refused events count as sent')

    disk.free()
    const status = await exchange()
    if (status?.line !== 'online')
      broken.push(`there is room again, and the exchange ends ${status?.line} ${status?.code}`)
    const { unsent: stillUnsent, unsentScans } = desk.journal.index
    if (stillUnsent.size + unsentScans.size > 0) broken.push('something is still unsent')
    for (const scan of scans) if (!hasCome(scan)) broken.push(`scan ${scan} never came`)
    const found = await counted(district, [desk], said)
    return { ...found, tries: 1 + 2 * scans.length, opened: { times: 1, of: 1 }, broken }
  } finally {
    await desk.close()
    await district.close()
  }
}

async function receiveWithScan(desk: Desk, said: Set<string>, bytes: number): Promise<string> {
  const content = randomFillSync(Buffer.alloc(bytes))
  content.write('%PDF-1.7')
  const sha256 = await desk.attachments.put(content)
  const [first, ...others] = documentsFor(certifiedCopy)
  if (!first) throw new Error('the procedure asks for documents')
  const scan = { sha256, bytes, mediaType: 'application/pdf' as const, name: path.basename('quet.pdf') }
  await receive(desk, said, { documents: [{ ...first, scans: [scan] }, ...others] })
  return sha256
}
