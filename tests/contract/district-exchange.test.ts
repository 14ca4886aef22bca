import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { publicKeyOf } from '../../district/exchange/district-key.ts'
import { replyHash } from '../../shared/node/reply-hash.ts'
import { type ExchangeReply, exchangeReplySchema, maxPageBytes, type StreamEvent } from '../../shared/wire/exchange.ts'
import type { DeskClient } from '../harness/desk-client.ts'
import { eventText, handedOverText, newId, noteText, receivedText, startedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()
let district: TestDistrict
beforeAll(async () => {
  district = await cluster.district()
})

/** Numbers of one unit must differ between the tests of this file. */
let ordinal = 0
const received = (desk: DeskClient, dossierId = newId()) => {
  ordinal += 1
  return receivedText(desk, { dossierId, ordinal })
}
const incidentsOf = async (desk: DeskClient) =>
  (
    await district.district.store.allUnits.query<{
      code: string
      subject: string
      times: number
      closed_at: Date | null
    }>('select code, subject, times, closed_at from incident where desk_id = $1 order by code, subject', [desk.deskId])
  ).rows

test('a dossier received and processed by the rules is accepted without findings, and comes back to every desk', async () => {
  const [one, two] = [await district.enrol(), await district.enrol()]
  const dossierId = newId()
  const texts = [received(one, dossierId), startedText(one, dossierId, 2)]
  const reply = await one.exchange(texts.map((text) => one.chain(text)))
  expect(exchangeReplySchema.parse(reply)).toEqual(reply)
  expect(reply.verdicts).toEqual([
    expect.objectContaining({ verdict: 'accepted', findings: [] }),
    expect.objectContaining({ verdict: 'accepted', findings: [] }),
  ])
  expect(reply.ownHead).toEqual(one.head)
  const came = (await two.exchange()).events.slice(-2)
  expect(came.map(({ text }) => text)).toEqual(texts)
  expect(came.map(({ about }) => about)).toEqual([
    { dossierId, deskId: one.deskId, type: 'dossier-received' },
    { dossierId, deskId: one.deskId, type: 'processing-started' },
  ])
})

test('the whole reply carries the signature of the district the desk enrolled with', async () => {
  const desk = await district.enrol()
  const nonce = 'asked-with-this'
  const answer = await desk.post(desk.exchangeRequest([desk.chain(received(desk))]), { signing: { nonce } })
  const reply = answer.body as ExchangeReply
  const key = publicKeyOf(desk.enrolment.districtPublicKey)
  const input = (of: typeof reply, answers = nonce) => Buffer.from(replyHash(of, answers))
  expect(createPublicKey(key.export({ format: 'pem', type: 'spki' })).asymmetricKeyType).toBe('ed25519')
  expect(verify(null, input(reply), key, Buffer.from(reply.signature, 'base64'))).toBe(true)
  const otherText = reply.events.map((event) => ({ ...event, text: String(event.text).replace('Ánh', 'Anh') }))
  for (const change of [
    { verdicts: [] },
    { events: [] },
    { events: otherText },
    { more: !reply.more },
    { ownHead: { ...reply.ownHead, n: 99 } },
    { publications: { staff: desk.enrolment.publications.staff } },
    { gaps: [{ from: 1, to: 1 }] },
    { protocol: 99 },
  ]) {
    expect(verify(null, input({ ...reply, ...change }), key, Buffer.from(reply.signature, 'base64'))).toBe(false)
  }
  expect(verify(null, input(reply, 'another-request'), key, Buffer.from(reply.signature, 'base64'))).toBe(false)
})

test('a desk older than replies that are bound to their request is answered as it can read it', async () => {
  const desk = await district.enrol()
  const { body } = await desk.post({ ...desk.exchangeRequest([desk.chain(received(desk))]), protocol: 1 })
  const reply = body as ExchangeReply
  const key = publicKeyOf(desk.enrolment.districtPublicKey)
  const hash = Buffer.from(replyHash(reply, undefined))
  expect(verify(null, hash, key, Buffer.from(reply.signature, 'base64'))).toBe(true)
})

test('an event sent again gets its first verdict again and is stored once', async () => {
  const desk = await district.enrol()
  const dossierId = newId()
  const refusedNote = noteText(desk, dossierId, 1)
  const batch = [desk.chain(received(desk, dossierId)), desk.chain(refusedNote)]
  const first = await desk.exchange(batch)
  expect(first.verdicts[1]).toMatchObject({ verdict: 'refused', code: 'dossier/changed-meanwhile' })
  const again = await desk.exchange([...batch, ...batch])
  expect(again.verdicts).toEqual([...first.verdicts, ...first.verdicts])
  expect(again.events).toEqual([])
  expect(await incidentsOf(desk)).toEqual([])
})

test('the same event id with another text is refused as altered and opens an incident; the first text stays', async () => {
  const desk = await district.enrol()
  const text = received(desk)
  const own = desk.chain(text)
  const first = await desk.exchange([own])
  const altered = { ...own, text: text.replace('Nguyễn Thị Ánh', 'Nguyễn Thị Anh') }
  const reply = await desk.exchange([altered])
  expect(reply.verdicts).toEqual([expect.objectContaining({ verdict: 'refused', code: 'event/altered' })])
  expect((await incidentsOf(desk)).map(({ code }) => code)).toEqual(['chain/body-mismatch', 'event/altered'])
  expect((await desk.exchange([own])).verdicts).toEqual(first.verdicts)
})

test('an early event is parked, not stored, and accepted once its predecessor has come', async () => {
  const desk = await district.enrol()
  const dossierId = newId()
  const opening = desk.chain(received(desk, dossierId))
  const early = desk.chain(startedText(desk, dossierId, 2))
  const parked = await desk.exchange([early])
  expect(parked.verdicts).toEqual([expect.objectContaining({ verdict: 'parked', waitsFor: 1 })])
  expect(parked.events.some(({ text }) => text === early.text)).toBe(false)
  const both = await desk.exchange([opening, early])
  expect(both.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted'])
  expect((await incidentsOf(desk)).every(({ closed_at }) => closed_at !== null)).toBe(true)
})

test('a lost race is refused; a witnessed act behind it waits for it once, then stands with a finding', async () => {
  const [one, two] = [await district.enrol(), await district.enrol()]
  const dossierId = newId()
  await one.exchange([one.chain(received(one, dossierId)), one.chain(startedText(one, dossierId, 2))])
  const [started, handedOver] = [startedText, handedOverText].map((make) => two.chain(make(two, dossierId, 2)))
  if (!started || !handedOver) throw new Error('two events')
  for (const _lostReply of [1, 2]) {
    const reply = await two.exchange([started, handedOver])
    expect(reply.verdicts[0]).toMatchObject({ verdict: 'refused', code: 'dossier/changed-meanwhile' })
    expect(reply.verdicts[1]).toMatchObject({ verdict: 'parked' })
  }
  expect((await two.exchange([handedOver])).verdicts[0]).toMatchObject({
    verdict: 'accepted',
    findings: [{ code: 'finding/lost-race' }, { code: 'finding/refused-by-rule', refusal: 'dossier/wrong-status' }],
  })
})

test('events of another desk or another unit are refused as foreign', async () => {
  const [goi, other] = [await district.enrol(), await district.enrol('minh-thuan')]
  const asOther = eventText(goi, { deskId: other.deskId, type: 'note-added', body: { text: 'x' } })
  const intoOther = eventText(goi, { unitId: other.unitId, type: 'note-added', body: { text: 'x' } })
  const reply = await goi.exchange([goi.chain(asOther), goi.chain(intoOther)])
  expect(reply.verdicts.map((verdict) => 'code' in verdict && verdict.code)).toEqual(['event/foreign', 'event/foreign'])
  expect((await other.exchange()).events).toEqual([])
})

test('a dossier of another unit cannot be reached, whatever id an event names', async () => {
  const [goi, other] = [await district.enrol(), await district.enrol('tan-khanh')]
  const dossierId = newId()
  await other.exchange([other.chain(receivedText(other, { dossierId }))])
  other.cursor = { epoch: '', seq: 0 }
  const reply = await goi.exchange([goi.chain(noteText(goi, dossierId, 2))])
  expect(reply.verdicts).toEqual([expect.objectContaining({ verdict: 'parked', waitsFor: 1 })])
  expect((await other.exchange()).events).toHaveLength(1)
})

test('two receipts with one number both stand, the second with a finding', async () => {
  const desk = await district.enrol('hop-hung')
  const texts = [1, 2].map(() => receivedText(desk, { ordinal: 7 }))
  const reply = await desk.exchange(texts.map((text) => desk.chain(text)))
  const findings = reply.verdicts.map((verdict) => (verdict.verdict === 'accepted' ? verdict.findings : 'not accepted'))
  expect(findings).toEqual([[], [{ code: 'finding/duplicate-number' }]])
  const later = await desk.exchange([desk.chain(receivedText(desk, { ordinal: 7 }))])
  expect(later.verdicts[0]).toMatchObject({ findings: [{ code: 'finding/duplicate-number' }] })
})

test('an unknown event type is accepted at its place, and so is what its desk did after it', async () => {
  const desk = await district.enrol()
  const dossierId = newId()
  const newer = eventText(desk, { dossierId, seq: 2, type: 'fee-collected', body: { amountVnd: 12_000 } })
  const reply = await desk.exchange(
    [received(desk, dossierId), newer, noteText(desk, dossierId, 3)].map((text) => desk.chain(text)),
  )
  expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'accepted'])
})

test('an unreadable event with an id is refused by itself and blocks nothing; one without an id refuses the request', async () => {
  const desk = await district.enrol()
  const broken = JSON.stringify({ id: newId(), type: 7 })
  const reply = await desk.exchange([desk.chain(broken), desk.chain(received(desk))])
  expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual(['refused', 'accepted'])
  const own = desk.chain(received(desk))
  const answer = await desk.post({ ...desk.exchangeRequest([own]), events: [own, { ...own, text: '{"no":"id"}' }] })
  expect(answer).toMatchObject({ status: 400, body: { code: 'request/malformed', detail: 'events.1.text' } })
  expect((await desk.exchange()).ownHead.n).toBe(2)
})

test('text no database can hold is refused, never changed: a lone surrogate in an otherwise good event', async () => {
  const desk = await district.enrol()
  const text = received(desk).replace('Nguyễn Thị Ánh', 'Nguyễn \ud83d Ánh')
  const own = { ...desk.chain(received(desk)), text }
  const refused = [expect.objectContaining({ verdict: 'refused', code: 'event/malformed' })]
  expect((await desk.exchange([own])).verdicts).toEqual(refused)
  expect((await desk.exchange([own])).verdicts).toEqual(refused)
})

test('a dossier number with a control character does not break the register of numbers', async () => {
  const desk = await district.enrol()
  const odd = JSON.parse(received(desk))
  odd.body.number.text = 'A\u0000B'
  const reply = await desk.exchange([desk.chain(JSON.stringify(odd))])
  expect(reply.verdicts[0]).toMatchObject({ verdict: 'accepted' })
})

test('a gap in the chain opens an incident, lets the rest pass, and closes when the missing places come', async () => {
  const desk = await district.enrol()
  const [first, missing, late] = [received(desk), received(desk), received(desk)].map((text) => desk.chain(text))
  if (!first || !missing || !late) throw new Error('three events')
  const reply = await desk.exchange([first, late])
  expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted'])
  expect(reply.ownHead).toEqual(desk.head)
  expect(await incidentsOf(desk)).toEqual([{ code: 'chain/gap', subject: '2-2', times: 1, closed_at: null }])
  await desk.exchange([missing])
  expect(await incidentsOf(desk)).toEqual([expect.objectContaining({ code: 'chain/gap', closed_at: expect.any(Date) })])
})

test('a chain that does not continue, forks, or is signed by someone else is reported and blocks nothing', async () => {
  const desk = await district.enrol()
  await desk.exchange([desk.chain(received(desk))])
  const kept = desk.head
  desk.head = { n: 1, link: 'f'.repeat(64) }
  const broken = desk.chain(received(desk))
  desk.head = kept
  const fork = desk.chain(received(desk))
  const request = desk.exchangeRequest([broken, fork])
  const head = request.head && { ...request.head, signature: Buffer.alloc(64).toString('base64') }
  const answer = await desk.post({ ...request, head })
  expect(answer.status).toBe(200)
  expect((await incidentsOf(desk)).map(({ code, subject }) => `${code} ${subject}`)).toEqual([
    'chain/bad-head-signature 2',
    'chain/broken-link 2',
    'chain/fork 2',
  ])
})

test('a page is cut by bytes at an event boundary and the desk is told to come again', async () => {
  const desk = await district.enrol('dai-an')
  const dossierId = newId()
  const long = 'Ghi chú dài '.repeat(330)
  const texts = [receivedText(desk, { dossierId })]
  for (let seq = 2; seq <= 1200; seq += 1) texts.push(noteText(desk, dossierId, seq, long))
  for (let at = 0; at < texts.length; at += 400) {
    await desk.post(desk.exchangeRequest(texts.slice(at, at + 400).map((text) => desk.chain(text))), { pack: true })
  }
  desk.cursor = { epoch: '', seq: 0 }
  const pages: StreamEvent[][] = []
  let more = true
  while (more) {
    const page = await desk.exchange()
    pages.push(page.events)
    more = page.more
  }
  expect(pages.length).toBeGreaterThan(1)
  for (const page of pages) {
    expect(page.reduce((sum, { text }) => sum + Buffer.byteLength(String(text ?? '')), 0)).toBeLessThanOrEqual(
      maxPageBytes,
    )
  }
  expect(pages.flat().map(({ seq }) => seq)).toEqual(texts.map((_, index) => index + 1))
  expect(pages.flat().map(({ text }) => text)).toEqual(texts)
})

test('a cursor of another epoch is answered from the beginning, with all reference data', async () => {
  const desk = await district.enrol('tan-thanh')
  await desk.exchange([desk.chain(receivedText(desk))])
  desk.cursor = { epoch: randomUUID(), seq: 99 }
  const reply = await desk.exchange()
  expect(reply.events.map(({ seq }) => seq)).toEqual([1])
  expect(reply.cursor).toEqual({ epoch: district.district.epoch, seq: 1 })
  expect(Object.keys(reply.publications).sort()).toEqual(['calendar', 'catalogue', 'desks', 'staff', 'units'])
})

test('reference data is sent when newer than held, and staff only of the own unit', async () => {
  const desk = await district.enrol('kim-thai')
  const { publications } = desk.enrolment
  expect(new Set(publications.staff.staff.map(({ unitId }) => unitId))).toEqual(new Set(['kim-thai']))
  expect(publications.units.units.length).toBeGreaterThan(18)
  expect(JSON.stringify(publications.staff)).not.toContain('signInCode')
  const current = await desk.exchange()
  expect(current.publications).toEqual({})
  const answer = await desk.post({
    ...desk.exchangeRequest(),
    holds: { catalogue: 0, calendar: 1, units: 1, staff: 0, desks: 99 },
  })
  expect(Object.keys((answer.body as typeof current).publications).sort()).toEqual(['catalogue', 'staff'])
})

test('desks learn the names of their neighbours, of those that come later too, and of no other unit', async () => {
  const [one, elsewhere] = [await district.enrol('minh-tan'), await district.enrol('dai-an')]
  const known = async (desk: typeof one, desks: number) => {
    const answer = await desk.post({ ...desk.exchangeRequest(), holds: { ...desk.exchangeRequest().holds, desks } })
    return (answer.body as ExchangeReply).publications.desks
  }
  const alone = await known(one, 0)
  expect(alone?.desks.map(({ deskId }) => deskId)).toEqual([one.deskId])
  const two = await district.enrol('minh-tan')
  const both = await known(one, alone?.version ?? 0)
  expect(both?.desks).toEqual([
    { deskId: one.deskId, name: one.enrolment.deskName },
    { deskId: two.deskId, name: two.enrolment.deskName },
  ])
  expect(await known(one, both?.version ?? 0)).toBeUndefined()
  const others = (await known(elsewhere, 0))?.desks.map(({ deskId }) => deskId)
  expect(others).toContain(elsewhere.deskId)
  expect(others).not.toContain(one.deskId)
})

test('a desk below the protocol floor is told to update', async () => {
  const desk = await district.enrol()
  const answer = await desk.post({ ...desk.exchangeRequest(), protocol: 0 })
  expect(answer).toMatchObject({ status: 426, body: { code: 'protocol/too-old' } })
})

test('desks that push at once share one stream without a gap and lose nothing', async () => {
  const desks = await Promise.all(Array.from({ length: 6 }, () => district.enrol('lien-minh')))
  await Promise.all(
    desks.map(async (desk) => {
      for (let round = 0; round < 5; round += 1) {
        const texts = Array.from({ length: 8 }, (_, index) =>
          receivedText(desk, { ordinal: desk.enrolment.lane.first + round * 8 + index }),
        )
        await desk.exchange(texts.map((text) => desk.chain(text)))
      }
    }),
  )
  const last = desks[0]
  if (!last) throw new Error('no desk')
  last.cursor = { epoch: '', seq: 0 }
  const { events, more } = await last.exchange()
  expect(more).toBe(false)
  expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 240 }, (_, index) => index + 1))
  expect(new Set(events.map(({ text }) => JSON.parse(String(text)).id)).size).toBe(240)
  const lanes = desks.map(({ enrolment }) => enrolment.lane.id)
  expect(new Set(lanes).size).toBe(6)
  for (const { enrolment } of desks) {
    expect(enrolment.lane).toMatchObject({ first: (enrolment.lane.id - 1) * 500 + 1, last: enrolment.lane.id * 500 })
  }
})
