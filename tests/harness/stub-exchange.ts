import { generateKeyPairSync, sign } from 'node:crypto'
import path from 'node:path'
import { createClock } from '../../electron/clock.ts'
import type { DistrictClient, DistrictFailure } from '../../electron/exchange/district-client.ts'
import { type EventsDeps, exchangeEvents } from '../../electron/exchange/exchange-events.ts'
import { type LinePace, linePace } from '../../electron/exchange/line-pace.ts'
import type { Journal } from '../../electron/journal/journal.ts'
import { openReferenceStore } from '../../electron/reference/reference-store.ts'
import { ok } from '../../shared/core/result.ts'
import { replyHash } from '../../shared/node/reply-hash.ts'
import type { ExchangeReply, ExchangeRequest } from '../../shared/wire/exchange.ts'
import { sampleIdentity } from './sample-identity.ts'

/** What a made-up district says; `late` holds the body back, not the head. */
export interface StubAnswer {
  readonly reply: Omit<ExchangeReply, 'signature'>
  readonly headers?: Readonly<Record<string, string>>
  readonly late?: Promise<unknown>
}

/** The exchange of events of a desk that is nothing but its journal, with a district that signs and is made up. */
export async function exchangeWithStub(
  { journal, folder }: { readonly journal: Journal; readonly folder: string },
  answer: (request: ExchangeRequest) => Promise<StubAnswer>,
  pace: LinePace = linePace(),
  turn: EventsDeps['turn'] = (task) => task(),
): Promise<DistrictFailure | undefined> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const districtPublicKey = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
  const client: DistrictClient = {
    prepare: () => undefined,
    async request({ message, nonce }) {
      const { reply, headers = {}, late } = await answer(message as ExchangeRequest)
      const signature = sign(null, Buffer.from(replyHash(reply, nonce)), privateKey).toString('base64')
      const body = new ReadableStream({
        async start(controller) {
          await late
          controller.enqueue(Buffer.from(JSON.stringify({ ...reply, signature })))
          controller.close()
        },
      })
      return ok(new Response(body, { headers }))
    },
    close: () => undefined,
  }
  const clock = createClock(undefined)
  const identity = { ...(await sampleIdentity()), districtPublicKey }
  const reference = await openReferenceStore(path.join(folder, 'reference'), Buffer.alloc(32, 3))
  const no = () => undefined
  const clockTrust = { findBehind: no, findDifference: no, findAhead: no, confirm: async () => undefined }
  const nothing = () => undefined
  return exchangeEvents({
    desk: { clock, identity, journal, reference, clockTrust },
    ...{ client, pace, parked: new Set(), turn, signal: new AbortController().signal },
    ...{ onReference: nothing, onPins: async () => undefined, onGaps: nothing, onProgress: nothing },
  })
}
