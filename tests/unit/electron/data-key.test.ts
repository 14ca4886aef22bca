import { randomBytes } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { chainEvent } from '../../../electron/journal/chain.ts'
import { KeyUnavailable, type KeyWrapping, openDataKey } from '../../../electron/vault/data-key.ts'
import { findSealed, seal } from '../../../electron/vault/seal.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { sampleId, sampleReception } from '../../harness/sample-events.ts'
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

const sealedIn = (folder: string) => path.join(folder, 'journal')

function filesIn(folder: string): readonly Buffer[] {
  return readdirSync(folder).map((name) => readFileSync(path.join(folder, name)))
}

test('the data key lies wrapped by the keyring of its account, nowhere readable, and opens again there', async () => {
  const folder = tempFolder()
  const keyring = keyringOf(randomBytes(32))
  const made = await openDataKey(folder, keyring, sealedIn(folder))
  expect(made.mode).toBe('os-keyring')
  for (const bytes of filesIn(folder)) {
    expect(bytes.includes(made.key)).toBe(false)
    for (const encoding of ['base64', 'hex'] as const) expect(bytes.includes(made.key.toString(encoding))).toBe(false)
  }
  expect(await openDataKey(folder, keyring, sealedIn(folder))).toEqual(made)
})

test('another account, or none with a keyring, does not open it and makes no new key in its place', async () => {
  const folder = tempFolder()
  const keyring = keyringOf(randomBytes(32))
  const made = await openDataKey(folder, keyring, sealedIn(folder))
  await expect(openDataKey(folder, keyringOf(randomBytes(32)), sealedIn(folder))).rejects.toThrow('another account')
  await expect(openDataKey(folder, noKeyring, sealedIn(folder))).rejects.toThrow('not available')
  expect(await openDataKey(folder, keyring, sealedIn(folder))).toEqual(made)
})

test('without a keyring the key is kept readable, and says so', async () => {
  const folder = tempFolder()
  const made = await openDataKey(folder, noKeyring, sealedIn(folder))
  expect(made.mode).toBe('trial')
  expect(filesIn(folder).some((bytes) => bytes.includes(made.key.toString('base64')))).toBe(true)
  expect(await openDataKey(folder, noKeyring, sealedIn(folder))).toEqual(made)
})

test('a data key that is gone is not replaced by a new one over what it had sealed', async () => {
  const [folder, aside] = [tempFolder(), tempFolder()]
  const segment = path.join(folder, 'journal', '000001.log')
  const first = await openNodeDesk({ folder })
  await first.journal.append([{ own: [chainEvent(first.journal.index.chain, sampleReception(1, 1, 1))] }])
  await first.close()
  const before = readFileSync(segment)
  cpSync(path.join(folder, 'vault'), aside, { recursive: true })
  rmSync(path.join(folder, 'vault'), { recursive: true })
  for (let start = 0; start < 2; start += 1) await expect(openNodeDesk({ folder })).rejects.toThrow(KeyUnavailable)
  expect(readFileSync(segment)).toEqual(before)
  // Whoever finds it again loses nothing.
  cpSync(aside, path.join(folder, 'vault'), { recursive: true })
  const again = await openNodeDesk({ folder })
  expect(again.journal.index.events.has(sampleId(1))).toBe(true)
  await again.close()
})
