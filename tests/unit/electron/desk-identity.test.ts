import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import {
  isSignedText,
  openIdentityStore,
  privateKeyOf,
  publicKeyOf,
  signText,
} from '../../../electron/enrolment/desk-identity.ts'
import { sampleIdentity } from '../../harness/sample-identity.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

const key = Buffer.alloc(32, 5)
const sealedIn = (folder: string) => path.join(folder, 'desk-identity.sealed')

/** An enrolled desk, closed. */
async function enrolled() {
  const folders = { settings: tempFolder(), vault: tempFolder() }
  const identity = await sampleIdentity()
  await (await openIdentityStore(folders, key)).save(identity)
  return { folders, identity }
}

const harms: readonly ((file: string) => void)[] = [
  (file) => rmSync(file),
  (file) => truncateSync(file, 0),
  ...[0, 3, 20, 60].map((at) => (file: string) => {
    const bytes = readFileSync(file)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    writeFileSync(file, bytes)
  }),
]

test('a desk signs with its own key, which is read once', async () => {
  const [one, other] = await Promise.all([sampleIdentity(), sampleIdentity()])
  expect(privateKeyOf(one)).toBe(privateKeyOf(one))
  const signature = signText(privateKeyOf(one), 'Hồ sơ')
  expect(isSignedText(publicKeyOf(one), 'Hồ sơ', signature)).toBe(true)
  expect(isSignedText(publicKeyOf(one), 'Hồ sơ khác', signature)).toBe(false)
  expect(isSignedText(publicKeyOf(other), 'Hồ sơ', signature)).toBe(false)
})

test('whichever copy of the identity is missing or damaged comes back from the other one', async () => {
  for (const harmed of ['settings', 'vault'] as const) {
    for (const harm of harms) {
      const { folders, identity } = await enrolled()
      harm(sealedIn(folders[harmed]))
      expect((await openIdentityStore(folders, key)).current()).toEqual(identity)
      // Mended: the other one may go now.
      rmSync(sealedIn(folders[harmed === 'vault' ? 'settings' : 'vault']))
      expect((await openIdentityStore(folders, key)).current()).toEqual(identity)
    }
  }
})

test('an older copy is written anew: a lane given up is never printed from again', async () => {
  const { folders, identity } = await enrolled()
  const old = path.join(folders.vault, 'old')
  copyFileSync(sealedIn(folders.vault), old)
  const renewed = { ...identity, lane: { ...identity.lane, id: 9, first: 4001, last: 4500 } }
  await (await openIdentityStore(folders, key)).save(renewed)
  // Killed between the two.
  copyFileSync(old, sealedIn(folders.vault))
  await openIdentityStore(folders, key)
  rmSync(sealedIn(folders.settings))
  expect((await openIdentityStore(folders, key)).current()).toEqual(renewed)
})

test('with both damaged there is no identity; of another data key, nothing is opened and nothing overwritten', async () => {
  const { folders } = await enrolled()
  await expect(openIdentityStore(folders, Buffer.alloc(32, 6))).rejects.toThrow('another data key')
  for (const folder of Object.values(folders)) truncateSync(sealedIn(folder), 40)
  expect((await openIdentityStore(folders, key)).current()).toBeUndefined()
  expect(readFileSync(sealedIn(folders.settings))).toHaveLength(40)
})
