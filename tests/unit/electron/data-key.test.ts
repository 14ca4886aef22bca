import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type KeyWrapping, openDataKey } from '../../../electron/vault/data-key.ts'
import { findSealed, seal } from '../../../electron/vault/seal.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

/** The keyring of one account: what it wrapped another account's does not unwrap. */
function keyringOf(account: Buffer): KeyWrapping {
  return {
    available: true,
    wrap: (text) => seal(account, 'keyring', Buffer.from(text)),
    unwrap(wrapped) {
      const text = findSealed(account, 'keyring', wrapped)
      if (!text) throw new Error('another account')
      return text.toString()
    },
  }
}

const noKeyring: KeyWrapping = { available: false, wrap: () => Buffer.alloc(0), unwrap: () => '' }

function filesIn(folder: string): readonly Buffer[] {
  return readdirSync(folder).map((name) => readFileSync(path.join(folder, name)))
}

test('the data key lies wrapped by the keyring of its account, nowhere readable, and opens again there', async () => {
  const folder = tempFolder()
  const keyring = keyringOf(randomBytes(32))
  const made = await openDataKey(folder, keyring)
  expect(made.mode).toBe('os-keyring')
  for (const bytes of filesIn(folder)) {
    expect(bytes.includes(made.key)).toBe(false)
    for (const encoding of ['base64', 'hex'] as const) expect(bytes.includes(made.key.toString(encoding))).toBe(false)
  }
  expect(await openDataKey(folder, keyring)).toEqual(made)
})

test('another account, or none with a keyring, does not open it and makes no new key in its place', async () => {
  const folder = tempFolder()
  const keyring = keyringOf(randomBytes(32))
  const made = await openDataKey(folder, keyring)
  await expect(openDataKey(folder, keyringOf(randomBytes(32)))).rejects.toThrow('another account')
  await expect(openDataKey(folder, noKeyring)).rejects.toThrow('not available')
  expect(await openDataKey(folder, keyring)).toEqual(made)
})

test('without a keyring the key is kept readable, and says so', async () => {
  const folder = tempFolder()
  const made = await openDataKey(folder, noKeyring)
  expect(made.mode).toBe('trial')
  expect(filesIn(folder).some((bytes) => bytes.includes(made.key.toString('base64')))).toBe(true)
  expect(await openDataKey(folder, noKeyring)).toEqual(made)
})
