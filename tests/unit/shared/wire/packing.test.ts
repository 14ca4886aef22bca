import { brotliCompressSync, constants } from 'node:zlib'
import { expect, test } from 'vitest'
import { windowBitsFor } from '../../../../shared/wire/packing.ts'
import { seededRandom } from '../../../harness/seeded-random.ts'

const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY } = constants

test('the small window is taken only while it sees the whole message', () => {
  expect(windowBitsFor(0)).toBe(16)
  expect(windowBitsFor(65_520)).toBe(16)
  expect(windowBitsFor(65_521)).toBe(22)
})

test.each([65_520, 65_521])('%i bytes whose end repeats their beginning pack to little more than half', (bytes) => {
  const random = seededRandom(bytes)
  const half = Buffer.from(Array.from({ length: bytes >> 1 }, () => Math.floor(random() * 256)))
  const message = Buffer.concat([half, half, Buffer.alloc(bytes & 1)])
  const params = { [BROTLI_PARAM_QUALITY]: 9, [BROTLI_PARAM_LGWIN]: windowBitsFor(bytes) }
  expect(brotliCompressSync(message, { params }).byteLength).toBeLessThan(half.byteLength + 100)
})
