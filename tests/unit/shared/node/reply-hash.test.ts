import { expect, test } from 'vitest'
import { replyHash } from '../../../../shared/node/reply-hash.ts'
import type { ExchangeReply } from '../../../../shared/wire/exchange.ts'

const at = '2022-08-17T01:00:00.000Z'

function replyWith(...texts: readonly (string | undefined)[]): ExchangeReply {
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
