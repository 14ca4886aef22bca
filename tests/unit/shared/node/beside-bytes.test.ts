import { expect, test } from 'vitest'
import { decodeBatch, encodeBatch } from '../../../../electron/journal/batch.ts'
import { packBeside, readBeside } from '../../../../shared/node/beside-bytes.ts'
import { exchangeLists } from '../../../../shared/wire/beside.ts'

const lists = ['own', 'stream'] as const
const placed = { seq: 1, eventId: 'e', receivedAt: 'r', findings: [] }
const chain = { n: 1, salt: 's', bodyHash: 'b', link: 'l' }

test('the bytes of frames and messages are those that older desks and journals know', () => {
  const frame = { stream: [placed, { ...placed, text: '{"tên":"Ánh"}' }], own: [{ text: '{}', chain }], healed: true }
  expect(encodeBatch(frame).toString('utf8')).toBe(
    '{"stream":[{"seq":1,"eventId":"e","receivedAt":"r","findings":[]},' +
      '{"seq":1,"eventId":"e","receivedAt":"r","findings":[],"text":15}],' +
      '"own":[{"text":2,"chain":{"n":1,"salt":"s","bodyHash":"b","link":"l"}}],"healed":true}\n{}{"tên":"Ánh"}',
  )
  expect(encodeBatch({ stream: [placed], whole: true }).toString('utf8')).toBe(
    '{"stream":[{"seq":1,"eventId":"e","receivedAt":"r","findings":[]}],"whole":true}',
  )
  const message = { protocol: 1, events: [{ text: '{"a":"😀"}', chain: 1 }, { seq: 2 }], room: 0 }
  expect(packBeside(message, exchangeLists).toString('utf8')).toBe(
    '{"protocol":1,"events":[{"text":12,"chain":1},{"seq":2}],"room":0}\n{"a":"😀"}',
  )
  const silent = { protocol: 1, events: [] }
  expect(packBeside(silent, exchangeLists).toString('utf8')).toBe('{"protocol":1,"events":[]}\n')
})

test('a frame from before texts stood beside it is still read', () => {
  const batch = { own: [{ text: '{"tên":"Ánh"}', chain }] }
  expect(decodeBatch(Buffer.from(JSON.stringify(batch)))).toEqual(batch)
})

test('several lists come back, each with its own texts and without what is not there', () => {
  const message = { own: [{ text: 'một' }, { at: 2 }, { text: '' }], stream: [{ text: 'hai\n' }], rest: [{ text: 3 }] }
  const read = readBeside(packBeside(message, lists), lists)
  expect(JSON.parse(JSON.stringify(read))).toEqual(message)
  // Nobody has read the texts on the way, and they need not be read to be sent on.
  expect(packBeside(read as typeof message, lists)).toEqual(packBeside(message, lists))
  expect(JSON.stringify(readBeside(packBeside({ stream: [{ text: '\ufeffx' }] }, lists), lists))).toBe(
    '{"stream":[{"text":"\ufeffx"}]}',
  )
})

test.each([
  ['nothing', ''],
  ['a head without its end', '{"own":[]}'],
  ['a head that is no JSON', '{"own":[\n'],
  ['a head that is no message', 'null\n'],
  ['a list that is none', '{"own":{"text":1}}\na'],
  ['a text cut', '{"own":[{"text":2}],"stream":[{"text":2}]}\nabc'],
  ['a byte nobody names', '{"own":[{"text":2}],"stream":[{"text":2}]}\nabcde'],
  ['a text that begins inside a character', '{"own":[{"text":1}],"stream":[{"text":1}]}\nĐ'],
])('is not read: %s', (_, bytes) => {
  expect(readBeside(Buffer.from(bytes), lists)).toBe(undefined)
})
