import { expect, onTestFinished, test } from 'vitest'
import type { ExchangeReply } from '../../shared/wire/exchange.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import { type ReturnedRequest, returnedPath } from '../../shared/wire/returned.ts'
import { DeskClient, sha256 } from '../harness/desk-client.ts'
import { newId, noteText, receivedText } from '../harness/desk-events.ts'
import { backUp, restore } from '../harness/restored-district.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()

interface Loss {
  /** Back from a backup taken after three of seven events. */
  readonly restored: TestDistrict
  readonly a: DeskClient
  readonly b: DeskClient
  /** What the second desk had taken in before the loss. */
  readonly held: ExchangeReply
  readonly before: readonly unknown[]
}

async function loseFour(): Promise<Loss> {
  const district = await cluster.district()
  onTestFinished(() => district.close())
  const [a, b] = [await district.enrol(), await district.enrol()]
  const dossierId = newId()
  await a.exchange([
    a.chain(receivedText(a, { dossierId })),
    a.chain(noteText(a, dossierId, 2)),
    a.chain(noteText(a, dossierId, 3)),
  ])
  const file = await backUp(district)
  await a.exchange([a.chain(noteText(a, dossierId, 4)), a.chain(noteText(a, dossierId, 5))])
  await b.exchange([b.chain(receivedText(b))])
  await a.exchange([a.chain(noteText(a, dossierId, 6))])
  b.cursor = { epoch: '', seq: 0 }
  const held = await b.exchange()
  const before = await streamOf(district)
  const restored = await restore(cluster, file)
  const at = (desk: DeskClient) =>
    Object.assign(new DeskClient(restored.url, desk.enrolment, desk.privateKey), { head: desk.head })
  return { restored, a: at(a), b: at(b), held, before }
}

async function streamOf({ district }: TestDistrict): Promise<readonly unknown[]> {
  const { rows } = await district.store.allUnits.query(
    `select seq, event_id, dossier_id, desk_id, text, findings, received_at, link from event where unit_id = 'goi' order by seq`,
  )
  return rows
}

/** `passed`: how many behind `after` were brought before. */
function requestOf(held: ExchangeReply, after: number, withTexts: number, passed = 0): ReturnedRequest {
  const lost = held.events.filter(({ seq }) => seq > after)
  const places = lost.map(({ eventId, receivedAt, findings, text }) => {
    return { eventId, receivedAt, findings, text: String(text) }
  })
  const hashed = places.map(({ text, ...place }) => ({ ...place, textHash: sha256(text) }))
  if (!held.proof) throw new Error('no proof')
  return {
    protocol: protocolVersion,
    proof: held.proof,
    after,
    ...(passed > 0 ? { passed: hashed.slice(0, passed) } : {}),
    brought: places.slice(passed, passed + withTexts),
    rest: hashed.slice(passed + withTexts),
  }
}

async function giveBack(desk: DeskClient, request: ReturnedRequest) {
  const headers = { 'content-type': 'application/json' }
  return desk.send(await desk.sign('POST', returnedPath, Buffer.from(JSON.stringify(request)), headers))
}

test('what a restored district had accepted comes back from another desk, each at its place, once', async () => {
  const { restored, b, held, before } = await loseFour()
  expect(await streamOf(restored)).toHaveLength(3)
  expect(await giveBack(b, requestOf(held, 3, 2))).toMatchObject({ status: 200, body: { taken: 2 } })
  expect(await giveBack(b, requestOf(held, 5, 9))).toMatchObject({ status: 200, body: { taken: 2 } })
  expect(await streamOf(restored)).toEqual(before)
  expect(await giveBack(b, requestOf(held, 3, 9))).toMatchObject({ status: 200, body: { taken: 0 } })
  expect(await streamOf(restored)).toEqual(before)
})

test('new work that came first keeps its place; what comes back stands behind it in its old order', async () => {
  const { restored, a, b, held } = await loseFour()
  const fresh = a.chain(receivedText(a, { ordinal: a.enrolment.lane.first + 50 }))
  expect((await a.exchange([fresh])).verdicts).toMatchObject([{ verdict: 'accepted', seq: 4 }])
  // In two pages, the second leading past the first: at its old place nothing stands.
  expect(await giveBack(b, requestOf(held, 3, 2))).toMatchObject({ status: 200, body: { taken: 2 } })
  expect(await giveBack(b, requestOf(held, 3, 9, 2))).toMatchObject({ status: 200, body: { taken: 2 } })
  const seqs = (await streamOf(restored)) as { seq: number; event_id: string }[]
  expect(seqs.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(seqs.slice(4).map(({ event_id }) => event_id)).toEqual(held.events.slice(3).map(({ eventId }) => eventId))
})

test('what a desk brings before it knows of the restore is not judged before what everybody holds is back', async () => {
  const { restored, a, b, held } = await loseFour()
  const fresh = a.chain(receivedText(a, { ordinal: a.enrolment.lane.first + 50 }))
  a.cursor = held.cursor
  const unaware = await a.exchange([fresh])
  expect(unaware.verdicts).toEqual([])
  expect(unaware.cursor.epoch).not.toBe(held.cursor.epoch)
  expect(await streamOf(restored)).toHaveLength(3)
  expect(await giveBack(b, requestOf(held, 3, 9))).toMatchObject({ status: 200, body: { taken: 4 } })
  expect((await a.exchange([fresh])).verdicts).toMatchObject([{ verdict: 'accepted', seq: 8 }])
})

test('nothing can be slipped in, left out or changed', async () => {
  const { restored, a, b, held } = await loseFour()
  const fair = requestOf(held, 3, 9)
  const [first, second, ...others] = fair.brought
  if (!first || !second) throw new Error('nothing lost')
  const forged = { ...first, text: first.text.replace('Ghi chú', 'Ghi chu') }
  const foreign = { ...first, eventId: newId() as typeof first.eventId }
  const wrong: readonly [string, ReturnedRequest, number][] = [
    ['another text', { ...fair, brought: [{ ...forged, text: `${forged.text} ` }, second, ...others] }, 422],
    ['another event', { ...fair, brought: [foreign, second, ...others] }, 422],
    [
      'a finding left out',
      { ...fair, brought: [{ ...first, findings: [{ code: 'finding/x' }] }, second, ...others] },
      422,
    ],
    [
      'another moment',
      { ...fair, brought: [{ ...first, receivedAt: '2022-08-17T00:00:00.000Z' }, second, ...others] },
      422,
    ],
    ['one left out', { ...fair, brought: [second, ...others] }, 422],
    ['another order', { ...fair, brought: [second, first, ...others] }, 422],
    ['one at the end', { ...fair, brought: [...fair.brought, foreign] }, 422],
    ['an older proof', { ...fair, proof: { ...fair.proof, seq: 6 } }, 422],
    ['another signature', { ...fair, proof: { ...fair.proof, signature: Buffer.alloc(64).toString('base64') } }, 422],
    ['a start nobody knows', { ...fair, after: 99 }, 409],
    ['what would come before', requestOf(held, 3, 9, 2), 409],
  ]
  for (const [what, request, status] of wrong) {
    expect([what, (await giveBack(b, request)).status]).toEqual([what, status])
  }
  expect(await streamOf(restored)).toHaveLength(3)
  const elsewhere = await restored.enrol('kim-thai')
  expect((await giveBack(elsewhere, fair)).status).toBe(422)
  expect(await streamOf(restored)).toHaveLength(3)
  expect((await giveBack(a, fair)).status).toBe(200)
})
