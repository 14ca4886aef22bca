import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import * as district from '../../district/vault/sealed-box.ts'
import * as desk from '../../electron/vault/sealed-box.ts'

const root = path.resolve(import.meta.dirname, '../..')
const sides = [
  { name: 'desk seals, district opens', sealing: desk, opening: district },
  { name: 'district seals, desk opens', sealing: district, opening: desk },
] as const
const plain = Buffer.from('Nguyễn Thị Ánh')

test.each(sides)('$name', async ({ sealing, opening }) => {
  const key = await opening.newBoxKey()
  const sealed = await sealing.sealTo(key.publicKey, 'escrow', plain)
  expect(sealed.includes(plain)).toBe(false)
  expect(await opening.openSealed(key.privateKey, 'escrow', sealed)).toEqual(plain)
})

test('another key, another context, any changed byte, any cut: it does not open', async () => {
  const [mine, other] = [await desk.newBoxKey(), await desk.newBoxKey()]
  const sealed = await desk.sealTo(mine.publicKey, 'escrow', plain)
  expect(await district.openSealed(other.privateKey, 'escrow', sealed)).toBeUndefined()
  expect(await district.openSealed(mine.privateKey, 'courier', sealed)).toBeUndefined()
  for (let at = 0; at < sealed.byteLength; at += 1) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await district.openSealed(mine.privateKey, 'escrow', changed)).toBeUndefined()
    expect(await district.openSealed(mine.privateKey, 'escrow', sealed.subarray(0, at))).toBeUndefined()
  }
})

test('nothing sealed is still something: an empty value, and a key of the expected sizes', async () => {
  const key = await desk.newBoxKey()
  expect(Buffer.from(key.publicKey, 'base64')).toHaveLength(65)
  expect(Buffer.from(key.privateKey, 'base64')).toHaveLength(32)
  const sealed = await desk.sealTo(key.publicKey, '', Buffer.alloc(0))
  expect(await desk.openSealed(key.privateKey, '', sealed)).toEqual(Buffer.alloc(0))
})

test('what is no key is known as such, before anything is sealed to it', async () => {
  const { publicKey } = await desk.newBoxKey()
  const noPoint = Buffer.alloc(65, 4).toString('base64')
  for (const isBoxPublicKey of [desk.isBoxPublicKey, district.isBoxPublicKey]) {
    expect(await Promise.all([publicKey, noPoint, '', 'AAAA'].map(isBoxPublicKey))).toEqual([true, false, false, false])
  }
})

test('desk and district have the same file', async () => {
  const read = (file: string) => readFile(path.join(root, file), 'utf8')
  expect(await read('electron/vault/sealed-box.ts')).toBe(await read('district/vault/sealed-box.ts'))
})
