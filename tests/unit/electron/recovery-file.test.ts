import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeRecoveryFile, openRecoveryFile as openAtDistrict } from '../../../district/escrow/recovery-file.ts'
import { openRecoveryFile } from '../../../electron/vault/recovery-file.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

test('a file that asks for a gigabyte a guess, or for what scrypt cannot do, is no recovery file', async () => {
  const made = await makeRecoveryFile('goi' as never, 'ba con vịt lội qua ao')
  const file = path.join(tempFolder(), 'recovery.json')
  for (const odd of [{ N: 100_000 }, { N: 1_048_576, r: 16 }, { N: 524_288, p: 16 }]) {
    const text = JSON.stringify({ ...made, scrypt: { ...made.scrypt, ...odd } })
    fs.writeFileSync(file, text)
    const refused = { ok: false, error: { code: 'restore/not-a-recovery-file' } }
    expect(await openRecoveryFile(file, 'ba con vịt lội qua ao')).toEqual(refused)
    expect(await openAtDistrict(text, 'ba con vịt lội qua ao')).toBe('not-a-recovery-file')
  }
  fs.writeFileSync(file, JSON.stringify(made))
  expect(await openRecoveryFile(file, 'ba con vịt lội qua ao')).toMatchObject({ ok: true })
})
