import { expect, test } from 'vitest'
import { isBoxPublicKey, newBoxKey, openSealed, sealTo } from '../../../../shared/node/sealed-box.ts'

const plain = Buffer.from('Nguyễn Thị Ánh')

test('only the holder of the private half opens', async () => {
  const key = await newBoxKey()
  const sealed = await sealTo(key.publicKey, 'escrow', plain)
  expect(sealed.includes(plain)).toBe(false)
  expect(await openSealed(key.privateKey, 'escrow', sealed)).toEqual(plain)
})

test('another key, another context, any changed byte, any cut: it does not open', async () => {
  const [mine, other] = [await newBoxKey(), await newBoxKey()]
  const sealed = await sealTo(mine.publicKey, 'escrow', plain)
  expect(await openSealed(other.privateKey, 'escrow', sealed)).toBeUndefined()
  expect(await openSealed(mine.privateKey, 'courier', sealed)).toBeUndefined()
  for (let at = 0; at < sealed.byteLength; at += 1) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await openSealed(mine.privateKey, 'escrow', changed)).toBeUndefined()
    expect(await openSealed(mine.privateKey, 'escrow', sealed.subarray(0, at))).toBeUndefined()
  }
})

test('nothing sealed is still something: an empty value, and a key of the expected sizes', async () => {
  const key = await newBoxKey()
  expect(Buffer.from(key.publicKey, 'base64')).toHaveLength(65)
  expect(Buffer.from(key.privateKey, 'base64')).toHaveLength(32)
  const sealed = await sealTo(key.publicKey, '', Buffer.alloc(0))
  expect(await openSealed(key.privateKey, '', sealed)).toEqual(Buffer.alloc(0))
})

test('what is no key is known as such, before anything is sealed to it', async () => {
  const { publicKey } = await newBoxKey()
  const noPoint = Buffer.alloc(65, 4).toString('base64')
  expect(await Promise.all([publicKey, noPoint, '', 'AAAA'].map(isBoxPublicKey))).toEqual([true, false, false, false])
})
