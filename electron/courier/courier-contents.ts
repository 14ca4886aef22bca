import type { CourierEntry } from '../../shared/node/courier-file.ts'
import { courierHeadBytes, maxCourierBytes } from '../../shared/wire/courier.ts'
import { sizeOf } from '../../shared/wire/event-text.ts'
import { headSignatureInput } from '../../shared/wire/exchange.ts'
import type { OwnEvent } from '../../shared/wire/own-event.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { DecidingDesk } from '../commands/decision-context.ts'
import { privateKeyOf, signText } from '../enrolment/desk-identity.ts'

/** Small pages: the district answers each with a reply, and a receipt is read reply by reply. */
const eventsPerPage = 500
const pageBytes = 1024 * 1024
/** Seals, records and events: what is left of the largest file goes to scans. */
const reservedBytes = 64 * 1024 * 1024

export interface Contents {
  readonly entries: AsyncIterable<CourierEntry>
  /** Bytes of events and scans to come, for the progress bar. */
  readonly bytes: number
}

/**
 * What this desk has not had confirmed, as it is at this moment: events in chain order, then their scans. Read and
 * given one after another; work goes on at the desk meanwhile and waits for the next file.
 */
export function contentsOf(
  desk: DecidingDesk,
  attachments: AttachmentStore,
  onBytes: (bytes: number) => void,
): Contents {
  const { journal, identity, reference } = desk
  const unsent = [...journal.index.unsent.values()].sort((a, b) => (a.chainN ?? 0) - (b.chainN ?? 0))
  const scans = [...journal.index.unsentScans.values()]
  const { cursor } = journal.index
  const holds = reference.versions()

  function pageOf(events: OwnEvent[]): CourierEntry | undefined {
    const last = events.at(-1)?.chain
    if (!last) return undefined
    const { n, link } = last
    const signature = signText(privateKeyOf(identity), headSignatureInput(identity.deskId, n, link))
    return { record: { record: 'events', events, head: { n, link, signature } } }
  }

  async function* entries(): AsyncGenerator<CourierEntry> {
    yield { record: { record: 'opening', protocol: protocolVersion, cursor, holds } }
    let page: OwnEvent[] = []
    let textBytes = 0
    for (const entry of unsent) {
      const own = await journal.ownTextOf(entry)
      onBytes(entry.place.bytes)
      page.push(own)
      textBytes += sizeOf(own.text)
      if (page.length < eventsPerPage && textBytes < pageBytes) continue
      const full = pageOf(page)
      if (full) yield full
      page = []
      textBytes = 0
    }
    const rest = pageOf(page)
    if (rest) yield rest
    let room = maxCourierBytes - courierHeadBytes - reservedBytes
    for (const { sha256, bytes } of scans) {
      if (bytes > room) break
      const content = await attachments.find(sha256)
      onBytes(bytes)
      // A damaged or missing scan must not keep the others here; the outbox goes on naming it.
      if (!content || content === 'damaged') continue
      room -= content.byteLength
      yield { record: { record: 'scan', sha256, bytes: content.byteLength }, content }
    }
    yield { record: { record: 'end' } }
  }

  const bytes = [...unsent.map(({ place }) => place.bytes), ...scans.map((scan) => scan.bytes)]
  return { entries: entries(), bytes: bytes.reduce((sum, each) => sum + each, 0) }
}
