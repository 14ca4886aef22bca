import { err, ok, type Result } from '../../shared/core/result.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import {
  type ExchangeReply,
  type ExchangeRequest,
  exchangeReplySchema,
  headSignatureInput,
  maxEventsPerRequest,
  maxPageBytes,
} from '../../shared/wire/exchange.ts'
import { exchangePath } from '../../shared/wire/hint.ts'
import type { OwnEvent } from '../../shared/wire/own-event.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import { type DeskIdentity, privateKeyOf, signText } from '../enrolment/desk-identity.ts'
import type { Journal } from '../journal/journal.ts'
import type { EventEntry } from '../journal/journal-index.ts'
import type { ReferenceStore } from '../reference/reference-store.ts'
import { isSignedByDistrict } from './apply-reply.ts'
import type { DistrictClient, DistrictFailure } from './district-client.ts'

const roundTimeoutMs = 120_000

/** The oldest unsent events in chain order, as many as one message may carry. */
export async function nextPage(journal: Journal, pageLimit: number): Promise<readonly OwnEvent[]> {
  const page: OwnEvent[] = []
  let bytes = 0
  for (const entry of unsentInChainOrder(journal)) {
    const own = await journal.ownTextOf(entry)
    bytes += own.text.length
    if (page.length > 0 && (bytes > maxPageBytes || page.length >= pageLimit)) break
    page.push(own)
  }
  return page
}

function unsentInChainOrder(journal: Journal): readonly EventEntry[] {
  return [...journal.index.unsent.values()].sort((a, b) => (a.chainN ?? 0) - (b.chainN ?? 0))
}

/** One round trip: events up, verdicts and events down, checked for the district's signature. */
export async function exchangeRound(
  client: DistrictClient,
  identity: DeskIdentity,
  journal: Journal,
  reference: ReferenceStore,
  events: readonly OwnEvent[],
  signal: AbortSignal,
): Promise<Result<ExchangeReply, DistrictFailure>> {
  const last = events.at(-1)?.chain
  const request: ExchangeRequest = {
    protocol: protocolVersion,
    cursor: journal.index.cursor,
    events: [...events],
    ...(last
      ? {
          head: {
            n: last.n,
            link: last.link,
            signature: signText(privateKeyOf(identity), headSignatureInput(identity.deskId, last.n, last.link)),
          },
        }
      : {}),
    holds: reference.versions(),
  }
  const answered = await client.request({
    method: 'POST',
    path: exchangePath,
    json: request,
    timeoutMs: roundTimeoutMs,
    signal,
  })
  if (!answered.ok) return answered
  // A reply cut in the middle is a broken line, not a wrong district.
  const body = await answered.value.json().catch(() => undefined)
  if (body === undefined) return err({ code: 'district/unreachable' })
  const reply = exchangeReplySchema.safeParse(body)
  if (!reply.success) return err({ code: 'district/refused', reason: 'district/unreadable', status: 200 })
  if (reply.data.deskId !== identity.deskId || !isSignedByDistrict(body as ExchangeReply, identity.districtPublicKey)) {
    return err({ code: 'district/refused', reason: 'district/bad-signature', status: 200 })
  }
  return ok(reply.data)
}

export function eventIdOf(own: OwnEvent): string {
  return (JSON.parse(own.text) as StoredEvent).id
}

/** After 413 the page is halved; one event always goes. */
export function smallerPage(limit: number): number {
  return Math.max(1, Math.floor(Math.min(limit, maxEventsPerRequest) / 2))
}
