import path from 'node:path'
import { BackupUnusable, checkBackup, readBackup } from '../backup/read-backup.ts'
import { openDatabase } from './open-database.ts'
import { CommandFailed, need, type Options } from './options.ts'

export async function restore(options: Options): Promise<void> {
  const file = path.resolve(need(options, 'from'))
  const { store, dataFolder, close } = await openDatabase(options, { alone: true })
  try {
    const { rows } = await store.allUnits.query<{ schema: number; events: number }>(
      `select (select max(version) from schema_version)::int as schema, (select count(*) from event) as events`,
    )
    const { schema = 0, events = 0 } = rows[0] ?? {}
    const head = await checkBackup(file, schema)
    if (events > 0 && !options.replace) {
      throw new CommandFailed(`The database holds ${events} events. Back it up, then repeat with --replace.`)
    }
    const restored = await readBackup(store.allUnits, dataFolder, file)
    process.stdout.write(
      `Backup of ${head.takenAt}: ${restored.rows} rows, ${restored.scans} scans. New epoch ${restored.epoch}\n`,
    )
  } catch (error) {
    if (error instanceof BackupUnusable) throw new CommandFailed(error.message, { cause: error })
    throw error
  } finally {
    await close()
  }
}
