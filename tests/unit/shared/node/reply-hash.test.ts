import { expect, test } from 'vitest'
import { replyHash } from '../../../../shared/node/reply-hash.ts'
import { Utf8Text } from '../../../../shared/node/utf8-text.ts'
import type { EventText } from '../../../../shared/wire/event-text.ts'
import type { ExchangeReply } from '../../../../shared/wire/exchange.ts'

const at = '2022-08-17T01:00:00.000Z'

function replyWith(...texts: readonly (EventText | undefined)[]): ExchangeReply {
  const events = texts.map((text, index) => {
    const place = { seq: index + 1, eventId: `event-${index}`, receivedAt: at, findings: [] }
    return text === undefined ? place : { ...place, text }
  })
  const head = { protocol: 1, unitId: 'unit', deskId: 'desk', time: at, verdicts: [], more: false, publications: {} }
  const cursor = { epoch: 'epoch', seq: texts.length }
  return { ...head, cursor, events, ownHead: { n: 0, link: '' }, signature: '' } as unknown as ExchangeReply
}

test('a border between texts belongs to what is signed, and so does a text that is left out', () => {
  const hashes = [
    replyWith('Ánh', 'Dương'),
    replyWith('Án', 'hDương'),
    replyWith('ÁnhDương', ''),
    replyWith('ÁnhDương', undefined),
    replyWith(undefined, 'ÁnhDương'),
  ].map((reply) => replyHash(reply, 'nonce'))
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('a reply answers one request, and an older desk’s hash is never the hash of another', () => {
  const reply = replyWith('Ánh')
  const hashes = ['one', 'other', '', undefined].map((answers) => replyHash(reply, answers))
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('the same texts have the same hash however they lie in memory', () => {
  const texts = ['Ánh', 'Dương', '', 'Đặng']
  const message = Buffer.from(`head${texts.join('')}`)
  let end = 4
  const inMessage = texts.map((text) => {
    const start = end
    end += Buffer.byteLength(text)
    return new Utf8Text(message.subarray(start, end))
  })
  const apart = texts.map((text) => new Utf8Text(Buffer.from(text)))
  const mixed = [inMessage[0], 'Dương', inMessage[2], inMessage[3]]
  const backwards = replyHash(replyWith(...inMessage.toReversed()), 'nonce')
  const plain = replyHash(replyWith(...texts), 'nonce')
  for (const given of [inMessage, apart, mixed]) expect(replyHash(replyWith(...given), 'nonce')).toBe(plain)
  expect(backwards).toBe(replyHash(replyWith(...texts.toReversed()), 'nonce'))
})
