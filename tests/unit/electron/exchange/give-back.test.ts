import { generateKeyPairSync, sign } from 'node:crypto'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createClock } from '../../../../electron/clock.ts'
import type { DistrictClient } from '../../../../electron/exchange/district-client.ts'
import { giveBack } from '../../../../electron/exchange/give-back.ts'
import { linePace } from '../../../../electron/exchange/line-pace.ts'
import { openReferenceStore } from '../../../../electron/reference/reference-store.ts'
import { ok } from '../../../../shared/core/result.ts'
import { replyHash } from '../../../../shared/node/reply-hash.ts'
import type { ExchangeReply, ExchangeRequest, StreamEvent } from '../../../../shared/wire/exchange.ts'
import { chainStart } from '../../../../shared/wire/own-event.ts'
import { type ReturnedRequest, returnedPath } from '../../../../shared/wire/returned.ts'
import { sampleDeskId, sampleEvent, sampleUnitId } from '../../../harness/sample-events.ts'
import { sampleIdentity } from '../../../harness/sample-identity.ts'
import { openSampleJournal } from '../../../harness/sample-journal.ts'
import { tempFolder } from '../../../harness/temp-folder.ts'

const at = '2022-08-17T02:00:00.000Z'
const streamOf = (length: number): readonly StreamEvent[] =>
  Array.from({ length }, (_, index) => {
    const event = { ...sampleEvent(index + 1, 1, index + 1), deskId: '018f0000-0000-7000-8000-0000000000bb' }
    return { seq: index + 1, eventId: event.id, text: JSON.stringify(event), receivedAt: at, findings: [] }
  })
const stream = streamOf(6)
const proofOf = (epoch: string, seq: number) => ({ epoch, seq, link: 'ab'.repeat(32), signature: 'c2ln' })

/** A desk, and a district that is in a life of this name and holds the first places of the stream. */
async function openWorld(epoch: string, held: number) {
  const folder = tempFolder()
  const { journal } = await openSampleJournal(folder)
  onTestFinished(() => journal.close())
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const districtPublicKey = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
  const returned: ReturnedRequest[] = []
  const client: DistrictClient = {
    prepare: () => undefined,
    async request({ path: asked, json, message, nonce }) {
      if (asked === returnedPath) {
        returned.push(json as ReturnedRequest)
        return ok(new Response(JSON.stringify({ taken: 1 })))
      }
      const { cursor } = message as ExchangeRequest
      const after = cursor.epoch === epoch ? cursor.seq : 0
      const events = stream.filter(({ seq }) => after < seq && seq <= held)
      const unsigned: Omit<ExchangeReply, 'signature'> = {
        ...{ protocol: 1, unitId: sampleUnitId, deskId: sampleDeskId, time: at, verdicts: [], events },
        ...{ cursor: { epoch, seq: held }, more: false, publications: {} },
        ...{ ownHead: { n: 0, link: chainStart }, proof: proofOf(epoch, held) },
      }
      const signature = sign(null, Buffer.from(replyHash(unsigned, nonce)), privateKey).toString('base64')
      return ok(new Response(JSON.stringify({ ...unsigned, signature })))
    },
    close: () => undefined,
  }
  const nothing = () => undefined
  const no = () => undefined
  const clockTrust = { findBehind: no, findDifference: no, findAhead: no, confirm: async () => undefined }
  const identity = { ...(await sampleIdentity()), districtPublicKey }
  const reference = await openReferenceStore(path.join(folder, 'reference'), Buffer.alloc(32, 3))
  const desk = { clock: createClock(undefined), identity, journal, reference, clockTrust }
  const give = () =>
    giveBack({
      ...{ desk, client, pace: linePace(), parked: new Set(), turn: (task) => task() },
      ...{ signal: new AbortController().signal, onReference: nothing, onPins: async () => undefined, onGaps: nothing },
      ...{ onProgress: nothing, log: { info: nothing, error: nothing } },
    })
  return { journal, give, returned }
}

test('an event of the former stream that is lost here ends the giving back, not every exchange from now on', async () => {
  const { journal, give, returned } = await openWorld('second', 1)
  const places = stream.slice(0, 3).map((item) => (item.seq === 2 ? { ...item, text: undefined } : item))
  await journal.append([
    { stream: places.map(({ text, ...item }) => (text === undefined ? item : { ...item, text })) },
    { cursor: { epoch: 'first', seq: 3 }, proof: proofOf('first', 3) },
  ])
  expect(await give()).toBeUndefined()
  expect(returned).toEqual([])
})

test('two restores in a row: what was proved in the life before the last one is given back too', async () => {
  const { journal, give, returned } = await openWorld('third', 2)
  await journal.append([{ stream: [...stream], cursor: { epoch: 'first', seq: 6 }, proof: proofOf('first', 6) }])
  // The line broke after the first look at the district in its second life.
  const again = stream.slice(0, 2).map(({ text: _, ...item }) => item)
  await journal.append([
    { newEpoch: true },
    { stream: again, cursor: { epoch: 'second', seq: 2 }, proof: proofOf('second', 2) },
  ])
  expect(await give()).toBeUndefined()
  expect(returned.map(({ after, brought }) => [after, brought.map(({ eventId }) => eventId)])).toEqual([
    [2, stream.slice(2).map(({ eventId }) => eventId)],
  ])
})

test('more places than one request may name are brought in stretches, each up to a place the district had signed', async () => {
  const long = streamOf(25_000)
  const { journal, give, returned } = await openWorld('second', 1)
  for (let from = 0; from < long.length; from += 2500) {
    const seq = from + 2500
    await journal.append([
      { stream: long.slice(from, seq), cursor: { epoch: 'first', seq }, proof: proofOf('first', seq) },
    ])
  }
  expect(await give()).toBeUndefined()
  expect([...new Set(returned.map(({ proof }) => proof.seq))]).toEqual([10_000, 20_000, 25_000])
  expect(returned.flatMap(({ brought }) => brought.map(({ eventId }) => eventId))).toEqual(
    long.slice(1).map(({ eventId }) => eventId),
  )
  const most = Math.max(
    ...returned.map(({ passed = [], brought, rest }) => passed.length + brought.length + rest.length),
  )
  expect(most).toBe(10_000)
})

test('every page of a stretch leads from its start past what was brought before: new work may stand there by now', async () => {
  const long = streamOf(5000)
  const { journal, give, returned } = await openWorld('second', 2)
  await journal.append([{ stream: [...long], cursor: { epoch: 'first', seq: 5000 }, proof: proofOf('first', 5000) }])
  expect(await give()).toBeUndefined()
  expect(returned.length).toBeGreaterThan(1)
  for (const { after, passed = [], brought, rest } of returned) {
    expect([after, passed.length + brought.length + rest.length]).toEqual([2, 4998])
  }
  expect(returned.map(({ passed = [] }) => passed.length)).toEqual(
    returned.map((_, at) => returned.slice(0, at).reduce((sum, { brought }) => sum + brought.length, 0)),
  )
})
