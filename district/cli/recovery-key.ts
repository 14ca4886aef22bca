import fs from 'node:fs'
import path from 'node:path'
import type { UnitId } from '../../shared/core/ids.ts'
import { askPassphrase } from '../escrow/ask-passphrase.ts'
import { makeRecoveryFile } from '../escrow/recovery-file.ts'
import { readUnitNames } from '../store/overview.ts'
import { publishRecoveryKey } from '../store/publications.ts'
import { syncFolderNow } from '../sync-folder.ts'
import { openDatabase } from './open-database.ts'
import { CommandFailed, need, type Options } from './options.ts'

/** The private half is on the disk before the public one is published: no desk seals to a key nobody holds. */
export async function recoveryKey(options: Options): Promise<void> {
  const unitId = need(options, 'unit') as UnitId
  const to = path.resolve(need(options, 'to'))
  if (fs.existsSync(to)) throw new CommandFailed(`${to} is there already; a recovery key is never written over.`)
  const { store, clock, close } = await openDatabase(options)
  try {
    const unitName = (await readUnitNames(store.allUnits)).get(unitId)
    if (!unitName) throw new CommandFailed(`There is no unit "${unitId}".`)
    const file = await makeRecoveryFile(unitId, await askPassphrase(options, 'new'))
    writeOnce(to, `${JSON.stringify(file, undefined, 2)}\n`)
    const { keyId, publicKey } = file
    const version = await publishRecoveryKey(store, unitId, { keyId, publicKey }, clock.now())
    process.stdout.write(
      `${unitName}: recovery key ${keyId}, version ${version}\n${to}\n` +
        'Keep the file and its passphrase apart, each in a safe place and twice. The district has no copy.\n',
    )
  } finally {
    await close()
  }
}

function writeOnce(file: string, text: string): void {
  const handle = fs.openSync(file, 'wx', 0o600)
  fs.writeSync(handle, text)
  fs.fsyncSync(handle)
  fs.closeSync(handle)
  syncFolderNow(path.dirname(file))
}
