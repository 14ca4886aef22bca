import { beforeAll, expect, test } from 'vitest'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { foldDossier } from '../../shared/domain/fold.ts'
import type { EventText } from '../../shared/wire/event-text.ts'
import type { ExchangeReply } from '../../shared/wire/exchange.ts'
import type { DeskClient } from '../harness/desk-client.ts'
import { finishedText, handedOverText, newId, noteText, receivedText, startedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()
let district: TestDistrict
beforeAll(async () => {
  district = await cluster.district()
})

const verdictsOf = ({ verdicts }: ExchangeReply) =>
  verdicts.map((verdict) =>
    verdict.verdict === 'refused'
      ? verdict.code
      : verdict.verdict === 'accepted'
        ? `accepted ${verdict.findings.map(({ code }) => code)}`.trim()
        : verdict.verdict,
  )
const decidedAgain = (text: string, former: { text: EventText }) =>
  text.replace('{', `{"rebasedFrom":"${idOf(former)}",`)
const idOf = ({ text }: { text: EventText }) => (JSON.parse(String(text)) as StoredEvent).id

/** Two desks that know the same dossier, received by the first. */
async function sharedDossier() {
  const [a, b] = [await district.enrol(), await district.enrol()]
  const dossierId = newId()
  await a.exchange([a.chain(receivedText(a, { dossierId }))])
  return { a, b, dossierId }
}

async function historyOf(desk: DeskClient, dossierId: string): Promise<readonly StoredEvent[]> {
  desk.cursor = { epoch: '', seq: 0 }
  const { events } = await desk.exchange()
  return events
    .map(({ text }): StoredEvent => JSON.parse(String(text)))
    .filter((event) => event.dossierId === dossierId)
}

test('finished and handed over offline, a note came first: the hand-over waits until the finish has come back', async () => {
  const { a, b, dossierId } = await sharedDossier()
  const finished = a.chain(finishedText(a, dossierId, 2))
  const handedOver = a.chain(handedOverText(a, dossierId, 3))
  await b.exchange([b.chain(noteText(b, dossierId, 2))])
  expect(verdictsOf(await a.exchange([finished, handedOver]))).toEqual(['dossier/changed-meanwhile', 'parked'])
  const again = a.chain(finishedText(a, dossierId, 3, { rebasedFrom: idOf(finished) }))
  expect(verdictsOf(await a.exchange([handedOver, again]))).toEqual(['accepted finding/lost-race', 'accepted'])
  const history = await historyOf(b, dossierId)
  expect(history.map(({ type }) => type)).toEqual([
    'dossier-received',
    'note-added',
    'dossier-finished',
    'deliverable-handed-over',
  ])
  expect(foldDossier(history)?.state).toMatchObject({ status: 'handed-over', deliverable: { number: '48' } })
})

test('the race is lost again meanwhile: the hand-over waits again, whatever is repeated', async () => {
  const { a, b, dossierId } = await sharedDossier()
  const finished = a.chain(finishedText(a, dossierId, 2))
  const handedOver = a.chain(handedOverText(a, dossierId, 3))
  await b.exchange([b.chain(noteText(b, dossierId, 2))])
  for (const _lostReply of [1, 2]) {
    expect(verdictsOf(await a.exchange([finished, handedOver]))).toEqual(['dossier/changed-meanwhile', 'parked'])
  }
  const second = a.chain(finishedText(a, dossierId, 3, { rebasedFrom: idOf(finished) }))
  await b.exchange([b.chain(noteText(b, dossierId, 3))])
  expect(verdictsOf(await a.exchange([handedOver, second]))).toEqual(['parked', 'dossier/changed-meanwhile'])
  const third = a.chain(finishedText(a, dossierId, 4, { rebasedFrom: idOf(second) }))
  expect(verdictsOf(await a.exchange([handedOver, third]))).toEqual(['accepted finding/lost-race', 'accepted'])
  expect(foldDossier(await historyOf(b, dossierId))?.state).toHaveProperty('deliverable')
})

test('an event tells the other desks all it had been, not what was refused last alone', async () => {
  const { a, b, dossierId } = await sharedDossier()
  const [nearest, next, first] = [newId(), newId(), newId()]
  const formers = { rebasedFrom: nearest, rebasedBefore: [next, first] }
  await a.exchange([a.chain(finishedText(a, dossierId, 2, formers))])
  const replacedIn = ({ events }: Pick<ExchangeReply, 'events'>) =>
    events.find(({ about }) => about?.dossierId === dossierId && about.type === 'dossier-finished')?.about?.replaces
  // A desk of the protocol before reads no more than two.
  const { body } = await b.post({ ...b.exchangeRequest(), protocol: 2 })
  expect(replacedIn(body as ExchangeReply)).toEqual([nearest, next])
  expect(replacedIn(await b.exchange())).toEqual([nearest, next, first])
})

test('what the officer has to settle first holds up neither the hand-over behind it nor a note decided again behind that', async () => {
  const { a, b, dossierId } = await sharedDossier()
  const [started, handedOver, note] = [
    startedText(a, dossierId, 2),
    handedOverText(a, dossierId, 3),
    noteText(a, dossierId, 4),
  ].map((text) => a.chain(text))
  if (!started || !handedOver || !note) throw new Error('three events')
  await b.exchange([b.chain(noteText(b, dossierId, 2))])
  expect(verdictsOf(await a.exchange([started, handedOver, note]))).toEqual([
    'dossier/changed-meanwhile',
    'parked',
    'dossier/predecessor-refused',
  ])
  // The start is asked about; behind it the desk decides the note again, as the fourth, behind its own hand-over.
  const again = a.chain(decidedAgain(noteText(a, dossierId, 4), note))
  expect(verdictsOf(await a.exchange([handedOver, again]))).toEqual(['accepted finding/refused-by-rule', 'accepted'])
})

test('behind an event that lost a race nothing plain is accepted either, even where its place fits by now', async () => {
  const { a, b, dossierId } = await sharedDossier()
  const events = [startedText(a, dossierId, 2), noteText(a, dossierId, 3)].map((text) => a.chain(text))
  const elsewhere = a.chain(receivedText(a, { ordinal: 77 }))
  await b.exchange([b.chain(noteText(b, dossierId, 2))])
  expect(verdictsOf(await a.exchange([...events, elsewhere]))).toEqual([
    'dossier/changed-meanwhile',
    'dossier/predecessor-refused',
    'accepted',
  ])
})

test('a predecessor refused for good: a witnessed act stands with a finding, a plain one is refused, now or a page later', async () => {
  for (const pages of [1, 2]) {
    const { a, dossierId } = await sharedDossier()
    const notPermitted = finishedText(a, dossierId, 2, { staffId: 'nobody' })
    const [refused, note, handedOver] = [notPermitted, noteText(a, dossierId, 3), handedOverText(a, dossierId, 4)].map(
      (text) => a.chain(text),
    )
    if (!refused || !note || !handedOver) throw new Error('three events')
    const first = pages === 1 ? [] : verdictsOf(await a.exchange([refused]))
    const rest = verdictsOf(await a.exchange(pages === 1 ? [refused, note] : [note]))
    expect([...first, ...rest]).toEqual(['staff/not-permitted', 'dossier/predecessor-refused'])
    // Once, for the note that is coming back.
    expect(verdictsOf(await a.exchange([handedOver]))).toEqual(['parked'])
    expect(verdictsOf(await a.exchange([handedOver]))).toEqual(['accepted finding/lost-race,finding/refused-by-rule'])
  }
})

test('behind an event that cannot be read a witnessed act stands too', async () => {
  const { a, dossierId } = await sharedDossier()
  const unreadable = a.chain(finishedText(a, dossierId, 2, { at: '2022-13-45T99:99:99.999Z' }))
  const handedOver = a.chain(handedOverText(a, dossierId, 3))
  expect(verdictsOf(await a.exchange([unreadable, handedOver]))).toEqual([
    'event/malformed',
    'accepted finding/lost-race,finding/refused-by-rule',
  ])
})

test('a refused event that came back explains no gap: what waits for another desk stays parked', async () => {
  const { a, b, dossierId } = await sharedDossier()
  const started = a.chain(startedText(a, dossierId, 2))
  await b.exchange([b.chain(noteText(b, dossierId, 2))])
  await a.exchange([started])
  const again = a.chain(decidedAgain(startedText(a, dossierId, 3), started))
  expect(verdictsOf(await a.exchange([again]))).toEqual(['accepted'])
  expect(verdictsOf(await a.exchange([a.chain(noteText(a, dossierId, 5))]))).toEqual(['parked'])
})

test('decided again twice, an event explains no gap either', async () => {
  const { a, b, dossierId } = await sharedDossier()
  const first = a.chain(startedText(a, dossierId, 2))
  await b.exchange([b.chain(noteText(b, dossierId, 2))])
  await a.exchange([first])
  const second = a.chain(decidedAgain(startedText(a, dossierId, 3), first))
  await b.exchange([b.chain(noteText(b, dossierId, 3))])
  expect(verdictsOf(await a.exchange([second]))).toEqual(['dossier/changed-meanwhile'])
  const third = a.chain(decidedAgain(startedText(a, dossierId, 4), second))
  expect(verdictsOf(await a.exchange([third]))).toEqual(['accepted'])
  expect(verdictsOf(await a.exchange([a.chain(handedOverText(a, dossierId, 6))]))).toEqual(['parked'])
})

test('decided again twice and left to the officer, an event holds up no hand-over that was done before the second time', async () => {
  const { a, b, dossierId } = await sharedDossier()
  const finished = a.chain(finishedText(a, dossierId, 2))
  const handedOver = a.chain(handedOverText(a, dossierId, 4))
  await b.exchange([b.chain(noteText(b, dossierId, 2))])
  expect(verdictsOf(await a.exchange([finished]))).toEqual(['dossier/changed-meanwhile'])
  const again = a.chain(finishedText(a, dossierId, 3, { rebasedFrom: idOf(finished), staffId: 'nobody' }))
  expect(verdictsOf(await a.exchange([again]))).toEqual(['staff/not-permitted'])
  expect(verdictsOf(await a.exchange([handedOver]))).toEqual(['accepted finding/lost-race,finding/refused-by-rule'])
})

test('a hand-over does not fit before the parked finish it was done after, though others came back in front of both', async () => {
  const { a, b, dossierId } = await sharedDossier()
  const notes = [noteText(a, dossierId, 2), noteText(a, dossierId, 3)].map((text) => a.chain(text))
  await b.exchange([b.chain(noteText(b, dossierId, 2))])
  expect(verdictsOf(await a.exchange(notes))).toEqual(['dossier/changed-meanwhile', 'dossier/predecessor-refused'])
  // Done while that exchange was on its way, on what the desk knew.
  const finished = a.chain(finishedText(a, dossierId, 4))
  const handedOver = a.chain(handedOverText(a, dossierId, 5))
  const again = notes.map((note, at) => a.chain(decidedAgain(noteText(a, dossierId, 3 + at), note)))
  const verdicts = verdictsOf(await a.exchange([finished, handedOver, ...again]))
  expect(verdicts).toEqual(['parked', 'parked', 'accepted', 'accepted'])
  expect(verdictsOf(await a.exchange([finished, handedOver]))).toEqual(['dossier/changed-meanwhile', 'parked'])
  const finishedAgain = a.chain(finishedText(a, dossierId, 5, { rebasedFrom: idOf(finished) }))
  expect(verdictsOf(await a.exchange([handedOver, finishedAgain]))).toEqual(['accepted finding/lost-race', 'accepted'])
  expect(foldDossier(await historyOf(b, dossierId))?.state).toHaveProperty('deliverable')
})

test('a hand-over a page behind the finish that lost its race waits once, until that has come back or is left to the officer', async () => {
  for (const comesBack of [true, false]) {
    const { a, b, dossierId } = await sharedDossier()
    const finished = a.chain(finishedText(a, dossierId, 2))
    const handedOver = a.chain(handedOverText(a, dossierId, 3))
    await b.exchange([b.chain(noteText(b, dossierId, 2))])
    expect(verdictsOf(await a.exchange([finished]))).toEqual(['dossier/changed-meanwhile'])
    expect(verdictsOf(await a.exchange([handedOver]))).toEqual(['parked'])
    const again = a.chain(finishedText(a, dossierId, 3, { rebasedFrom: idOf(finished) }))
    const verdicts = verdictsOf(await a.exchange(comesBack ? [handedOver, again] : [handedOver]))
    expect(verdicts).toEqual(
      comesBack ? ['accepted finding/lost-race', 'accepted'] : ['accepted finding/refused-by-rule'],
    )
  }
})
