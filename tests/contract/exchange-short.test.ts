import { beforeAll, expect, test } from 'vitest'
import type { ExchangeReply, ExchangeRequest } from '../../shared/wire/exchange.ts'
import { type OwnEvent, sentEventsOf } from '../../shared/wire/own-event.ts'
import type { DeskClient } from '../harness/desk-client.ts'
import { newId, noteText, receivedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()
let district: TestDistrict
beforeAll(async () => {
  district = await cluster.district()
})

let ordinal = 0
/** A dossier with notes, as events of one desk. */
function dossierOf(desk: DeskClient, notes: number): readonly OwnEvent[] {
  const dossierId = newId()
  ordinal += 1
  const texts = [receivedText(desk, { dossierId, ordinal })]
  // Quotes, backslashes, line ends and signs beyond the first plane must come back to the letter.
  for (let seq = 2; seq < notes + 2; seq += 1) texts.push(noteText(desk, dossierId, seq, `"Hẹn" \\ chiều\n${seq} 🌾`))
  return texts.map((text) => desk.chain(text))
}

async function ask(desk: DeskClient, more: Partial<ExchangeRequest>, events: readonly OwnEvent[] = []) {
  const answer = await desk.post({ ...desk.exchangeRequest(events), ...more })
  return { status: answer.status, reply: answer.body as ExchangeReply, code: (answer.body as { code?: string }).code }
}

async function rowsOf(desk: DeskClient, table: 'chain_link' | 'incident') {
  const text =
    table === 'chain_link'
      ? 'select n, body_hash as "bodyHash", link from chain_link where desk_id = $1 order by n'
      : 'select code, subject from incident where desk_id = $1 order by code'
  const { rows } = await district.district.store.allUnits.query(text, [desk.deskId])
  return rows
}

test('what is left out of the chain is reckoned: the district holds the same links, in every order of gaps', async () => {
  const desk = await district.enrol()
  const events = dossierOf(desk, 6)
  const sent = sentEventsOf(events.filter((_, at) => at !== 3))
  expect(sent.map(({ chain }) => Object.keys(chain).length)).toEqual([3, 2, 2, 3, 2, 4])
  const { reply } = await ask(desk, { events: sent }, events)
  expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual([
    'accepted',
    'accepted',
    'accepted',
    'parked',
    'parked',
    'parked',
  ])
  await ask(desk, { events: sentEventsOf(events.slice(3)) }, events)
  const links = events.map(({ chain: { n, bodyHash, link } }) => ({ n, bodyHash, link }))
  expect(await rowsOf(desk, 'chain_link')).toEqual(links)
  const other = await district.enrol()
  const { events: stream } = await other.exchange()
  expect(stream.slice(-7).map(({ text }) => text)).toEqual(events.map(({ text }) => text))
})

test('a text changed on its way does not lead to the link of the last event: an incident, and nothing blocks', async () => {
  const desk = await district.enrol()
  const events = dossierOf(desk, 3)
  const sent = sentEventsOf(events).map((event, at) =>
    at === 1 ? { ...event, text: String(event.text).replace('chiều', 'sáng') } : event,
  )
  const { reply } = await ask(desk, { events: sent }, events)
  expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
  expect(await rowsOf(desk, 'incident')).toEqual([{ code: 'chain/broken-link', subject: '4' }])
})

test('a link left out where nothing leads to it is unreadable, and nothing of the request is stored', async () => {
  const desk = await district.enrol()
  const [first, second] = dossierOf(desk, 1)
  if (!first || !second) throw new Error('two events')
  const { n, salt } = second.chain
  const answered = await ask(desk, { events: [{ text: second.text, chain: { n, salt } }] }, [second])
  expect(answered).toMatchObject({ status: 400, reply: { code: 'request/malformed', detail: 'events.0.chain' } })
  expect(await rowsOf(desk, 'chain_link')).toEqual([])
})

test('a request that overtook the one it follows is refused and stored later', async () => {
  const desk = await district.enrol()
  const events = dossierOf(desk, 3)
  const [before, behind] = [events.slice(0, 2), events.slice(2)]
  expect(await ask(desk, { follows: 2 }, behind)).toMatchObject({ status: 409, code: 'request/out-of-order' })
  expect(await rowsOf(desk, 'chain_link')).toEqual([])
  expect((await ask(desk, {}, before)).status).toBe(200)
  const { reply } = await ask(desk, { follows: 2 }, behind)
  expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted'])
  expect(await rowsOf(desk, 'incident')).toEqual([])
})

test('a reply carries what the desk has room for, and no text of events the desk holds itself', async () => {
  const desk = await district.enrol('minh-thuan')
  const events = dossierOf(desk, 12)
  const none = await ask(desk, { room: 0, holdsOwn: true }, events)
  expect(none.reply).toMatchObject({ events: [], more: true, cursor: { seq: 0 } })
  expect(none.reply.verdicts).toHaveLength(13)
  const own = await ask(desk, { room: 1, holdsOwn: true })
  expect(own.reply.more).toBe(false)
  const mine = own.reply.events.slice(-13)
  expect(mine.map(({ text }) => text)).toEqual(events.map(() => undefined))
  expect(mine.map(({ eventId }) => eventId)).toEqual(events.map(({ text }) => JSON.parse(String(text)).id))
  const other = await district.enrol('minh-thuan')
  const room = 1_200
  const pages: ExchangeReply[] = []
  do {
    const { reply } = await ask(other, { room, holdsOwn: true })
    other.cursor = reply.cursor
    pages.push(reply)
  } while (pages.at(-1)?.more)
  expect(pages.length).toBeGreaterThan(3)
  for (const { events: page } of pages) {
    const bytes = page.reduce((sum, { text = '' }) => sum + Buffer.byteLength(String(text)), 0)
    expect(page.length === 1 || bytes <= room).toBe(true)
  }
  expect(pages.flatMap(({ events: page }) => page.map(({ seq }) => seq))).toEqual(
    Array.from({ length: pages.at(-1)?.cursor.seq ?? 0 }, (_, at) => at + 1),
  )
})
