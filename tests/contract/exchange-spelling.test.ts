import { beforeAll, expect, test } from 'vitest'
import { isSignedByDistrict } from '../../electron/exchange/apply-reply.ts'
import { readMessage } from '../../electron/exchange/message-body.ts'
import { packBeside } from '../../shared/node/beside-bytes.ts'
import { besideMediaType, exchangeLists } from '../../shared/wire/beside.ts'
import { briefVerdicts } from '../../shared/wire/brief-verdicts.ts'
import { maxEventText } from '../../shared/wire/event-text.ts'
import type { ExchangeReply, ExchangeRequest } from '../../shared/wire/exchange.ts'
import { exchangePath } from '../../shared/wire/hint.ts'
import { answerOf, type DeskClient } from '../harness/desk-client.ts'
import { receivedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()
let district: TestDistrict
beforeAll(async () => {
  district = await cluster.district()
})

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const accept = `${besideMediaType}, application/json`
const packMessage = (message: ExchangeRequest) => packBeside(message, exchangeLists)
const asked = async (desk: DeskClient, body: Uint8Array, headers: Record<string, string> = {}) =>
  desk.fetch(await desk.sign('POST', exchangePath, body, { 'content-type': besideMediaType, accept, ...headers }))

test('texts beside a message are the same message, up and down', async () => {
  const [one, two] = [await district.enrol(), await district.enrol()]
  const texts = [1, 2].map((ordinal) => receivedText(one, { ordinal }))
  const up = await asked(one, packMessage(one.exchangeRequest(texts.map((text) => one.chain(text)))))
  expect(up.headers.get('content-type')).toBe(besideMediaType)
  const reply = (await readMessage(up)) as ExchangeReply
  expect(reply.verdicts).toEqual([
    expect.objectContaining({ verdict: 'accepted', findings: [] }),
    expect.objectContaining({ verdict: 'accepted', findings: [] }),
  ])
  const beside = (await readMessage(await asked(two, packMessage(two.exchangeRequest())))) as ExchangeReply
  const plain = await two.exchange()
  expect(asJson(beside.events)).toEqual(plain.events)
  expect(plain.events.map(({ text }) => text)).toEqual(texts)
})

test('verdicts in brief are the same verdicts, signed as such, and stand as they are where they are not one for each event', async () => {
  const [one, two] = [await district.enrol(), await district.enrol()]
  const events = [11, 12, 13].map((ordinal) => one.chain(receivedText(one, { ordinal })))
  const brief = { accept: `${besideMediaType};${briefVerdicts}, application/json` }
  const body = packMessage(one.exchangeRequest(events))
  const nonce = 'brief-verdicts-nonce'
  const headers = { 'content-type': besideMediaType, ...brief }
  const answer = await one.fetch(await one.sign('POST', exchangePath, body, headers, { nonce }))
  const bytes = await answer.clone().arrayBuffer()
  expect(Buffer.from(bytes).toString()).toContain('"verdicts":[{"accepted":3,')
  const eventIds = events.map(({ text }) => (JSON.parse(String(text)) as { id: string }).id)
  const reply = (await readMessage(answer, eventIds)) as ExchangeReply
  expect(reply.verdicts.map(({ eventId }) => eventId)).toEqual(eventIds)
  const isSigned = (read: ExchangeReply) => isSignedByDistrict(read, one.enrolment.districtPublicKey, nonce)
  expect(isSigned(reply)).toBe(true)
  const others = new Response(bytes, { headers: answer.headers })
  expect(isSigned((await readMessage(others, eventIds.toReversed())) as ExchangeReply)).toBe(false)
  const nothingAsked = await asked(two, packMessage(two.exchangeRequest()), brief)
  expect(await readMessage(nothingAsked)).toMatchObject({ verdicts: [] })
})

test('who asks for no packing gets none', async () => {
  const [one, two] = [await district.enrol(), await district.enrol()]
  await asked(one, packMessage(one.exchangeRequest([one.chain(receivedText(one, { ordinal: 3 }))])))
  const packed = await asked(two, packMessage(two.exchangeRequest()), { 'accept-encoding': 'br' })
  const plain = await asked(two, packMessage(two.exchangeRequest()), { 'accept-encoding': 'identity' })
  expect([packed, plain].map(({ headers }) => headers.get('content-encoding'))).toEqual(['br', null])
  expect(await readMessage(plain)).toMatchObject({ more: false, events: expect.arrayContaining([expect.anything()]) })
})

test('who does not ask for it gets JSON', async () => {
  const desk = await district.enrol()
  const answer = await asked(desk, packMessage(desk.exchangeRequest()), { accept: '*/*' })
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
})

test.each([
  ['longer than what is there', { text: 90_000 }],
  ['shorter than what is there', { text: 5 }],
  ['no number', { text: '12' }],
  ['no whole number', { text: 1.5 }],
  ['below zero', { text: -1 }],
  ['missing', {}],
])('lengths that do not agree with the bytes are refused: %s', async (_, wrong) => {
  const desk = await district.enrol()
  const request = desk.exchangeRequest([desk.chain(receivedText(desk, { ordinal: 9 }))])
  const [event] = request.events
  const head = JSON.stringify({ ...request, events: [{ chain: event?.chain, ...wrong }] })
  const answer = await answerOf(await asked(desk, Buffer.from(`${head}\n${event?.text}`)))
  expect(answer).toMatchObject({ status: 400, body: { code: 'request/malformed', detail: 'body' } })
})

test('a text that begins inside a character is refused, and so is what is not UTF-8', async () => {
  const desk = await district.enrol()
  const chain = { n: 1, salt: 'a'.repeat(32) }
  const head = JSON.stringify({ ...desk.exchangeRequest(), events: [1, 1].map((text) => ({ text, chain })) })
  for (const bytes of [Buffer.from('Đ'), Buffer.from([0xff, 0x20])]) {
    const answer = await answerOf(await asked(desk, Buffer.concat([Buffer.from(`${head}\n`), bytes])))
    expect(answer).toMatchObject({ status: 400, body: { code: 'request/malformed', detail: 'body' } })
  }
})

test('an answer that was cut says nothing', async () => {
  const head = JSON.stringify({ events: [{ seq: 1, text: 4 }] })
  const answer = (body: string) => new Response(body, { headers: { 'content-type': besideMediaType } })
  expect(asJson(await readMessage(answer(`${head}\nfour`)))).toEqual({ events: [{ seq: 1, text: 'four' }] })
  for (const body of ['', head, `${head}\n`, `${head}\nfou`, `${head}\nfour.`]) {
    expect(await readMessage(answer(body))).toBe(undefined)
  }
})

test('an event longer than any may be is let into the stream in neither spelling', async () => {
  const desk = await district.enrol()
  for (const more of [1, maxEventText]) {
    const request = desk.exchangeRequest([desk.chain(receivedText(desk, { ordinal: 1 }).padEnd(maxEventText + more))])
    const answers = [await answerOf(await asked(desk, packMessage(request))), await desk.post(request)]
    for (const answer of answers) expect(answer).toMatchObject({ status: 400, body: { code: 'request/malformed' } })
  }
})
