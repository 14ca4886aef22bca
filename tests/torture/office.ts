import path from 'node:path'
import type { Desk } from '../../electron/desk.ts'
import type { EventEntry } from '../../electron/journal/event-entry.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { foldDossier } from '../../shared/domain/fold.ts'
import type { FaultyLine } from '../harness/faulty-line.ts'
import { openFaultyLine } from '../harness/faulty-line.ts'
import { enrolDesk, openNodeDesk, signIn } from '../harness/node-desk.ts'
import type { TestCluster, TestDistrict } from '../harness/test-district.ts'

/** What one desk said "Đã lưu" to. */
export interface Acknowledged {
  readonly desk: number
  readonly dossierId: string
  readonly eventId: string
  readonly commandId: string
  readonly what: string
}

/** A real district and real desks without windows, all of Gôi, on one line that is up or down. */
export interface Office {
  readonly district: TestDistrict
  readonly line: FaultyLine
  readonly desks: Desk[]
  readonly folderOf: (at: number) => string
  /** Closes a desk and opens it again on its folder; its time goes on. */
  readonly reopen: (at: number) => Promise<Desk>
  /** Exchanges until no desk has anything left and all know the same, or gives up. */
  readonly settle: () => Promise<boolean>
  readonly close: () => Promise<void>
}

export interface OfficeOptions {
  readonly cluster: TestCluster
  readonly folder: string
  readonly count: number
  readonly pcNow?: (at: number) => number
}

export async function openOffice({ cluster, folder, count, pcNow }: OfficeOptions): Promise<Office> {
  const district = await cluster.district()
  const line = await openFaultyLine(district.url, () => 'none')
  const desks: Desk[] = []
  const placeOf = (at: number) => ({
    folder: path.join(folder, `desk-${at + 1}`),
    random: () => 0,
    ...(pcNow ? { pcNow: () => pcNow(at) } : {}),
  })
  for (let at = 0; at < count; at += 1) {
    const desk = await openNodeDesk(placeOf(at))
    await enrolDesk(desk, district.url, await district.code(), `Quầy ${at + 1}`)
    const identity = desk.identity.current()
    if (!identity) throw new Error('not enrolled')
    await desk.identity.save({ ...identity, districtUrl: line.url })
    await signIn(desk, 'goi.son')
    desk.startExchange()
    desks.push(desk)
  }

  return {
    district,
    line,
    desks,
    folderOf: (at) => placeOf(at).folder,
    async reopen(at) {
      await desks[at]?.close()
      const desk = await openNodeDesk(placeOf(at))
      desks[at] = desk
      await signIn(desk, 'goi.son')
      desk.startExchange()
      return desk
    },
    async settle() {
      for (let round = 0; round < 20; round += 1) {
        for (const desk of desks) await desk.findExchange()?.now()
        const quiet = desks.every((desk) => desk.journal.index.unsent.size === 0)
        if (quiet && new Set(desks.map((desk) => desk.journal.index.cursor.seq)).size === 1) return true
      }
      return false
    },
    async close() {
      for (const desk of desks) await desk.close()
      await line.close()
      await district.close()
    },
  }
}

export interface InStream {
  readonly seq: number
  readonly text: string
  readonly event: StoredEvent
}

/** Everything the district holds of Gôi, in its order. */
export async function streamOf(district: TestDistrict): Promise<readonly InStream[]> {
  const { rows } = await district.district.store
    .ofUnit('goi')
    .query<{ seq: string; text: string }>(`select seq, text from event where unit_id = 'goi' order by seq`)
  return rows.map(({ seq, text }) => ({ seq: Number(seq), text, event: JSON.parse(text) as StoredEvent }))
}

/** What became of an acknowledged event: itself or what it was decided again to, as far as it went. */
export function followed(desk: Desk, eventId: string): EventEntry | undefined {
  const entry = desk.journal.index.events.get(eventId)
  return entry?.rebasedTo === undefined ? entry : (followed(desk, entry.rebasedTo) ?? entry)
}

/** Says where desks or district hold a dossier otherwise than the stream does. */
export async function disagreements(office: Office, stream: readonly InStream[]): Promise<readonly string[]> {
  const histories = new Map<string, StoredEvent[]>()
  for (const { event } of stream) histories.set(event.dossierId, [...(histories.get(event.dossierId) ?? []), event])
  const found: string[] = []
  for (const [dossierId, events] of histories) {
    const folded = JSON.stringify(foldDossier(events))
    for (const [at, desk] of office.desks.entries()) {
      if (JSON.stringify(foldDossier(await desk.journal.history(dossierId))) === folded) continue
      found.push(`desk ${at + 1} folds ${dossierId} otherwise than the district`)
    }
  }
  return found
}
