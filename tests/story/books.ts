import path from 'node:path'
import type { Desk } from '../../electron/desk.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { enrolDesk } from '../harness/desk-client.ts'
import { openNodeDesk } from '../harness/node-desk.ts'

/** What the books on both sides say, read from the files and the stream themselves. */
export interface Books {
  /** Texts of own events by id, refused ones left out. */
  readonly admitted: ReadonlyMap<string, string>
  readonly unsent: number
}

/** Reads the journal a closed app left. */
export async function readBooks(deskFolder: string): Promise<Books> {
  const desk: Desk = await openNodeDesk({ folder: path.join(deskFolder, 'desk') })
  const admitted = new Map<string, string>()
  for (const entry of desk.journal.index.events.values()) {
    if (entry.chainN === undefined || entry.refusedCode !== undefined) continue
    admitted.set(entry.eventId, await desk.journal.textOf(entry))
  }
  const unsent = desk.journal.index.unsent.size
  await desk.close()
  return { admitted, unsent }
}

/** The unit's stream from its first event, pulled by a desk that has never been there before. */
export async function readStream(
  url: string,
  code: string,
): Promise<readonly { seq: number; text: string; event: StoredEvent }[]> {
  const stranger = await enrolDesk(url, code, 'Kiểm tra')
  const events: { seq: number; text: string; event: StoredEvent }[] = []
  for (let more = true; more; ) {
    const reply = await stranger.exchange()
    for (const { seq, text: brought } of reply.events) {
      const text = String(brought)
      events.push({ seq, text, event: JSON.parse(text) as StoredEvent })
    }
    more = reply.more
  }
  return events
}
