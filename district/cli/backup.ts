import path from 'node:path'
import { writeBackup } from '../backup/write-backup.ts'
import { openDatabase } from './open-database.ts'
import { need, type Options } from './options.ts'

export async function backup(options: Options): Promise<void> {
  const file = path.resolve(need(options, 'to'))
  const { store, dataFolder, clock, close } = await openDatabase(options)
  try {
    const summary = await writeBackup(store.allUnits, {
      dataFolder,
      file,
      takenAt: clock.now(),
      scans: !options['without-scans'],
    })
    process.stdout.write(`${file}: ${summary.rows} rows, ${summary.scans} scans\n`)
    if (summary.missingScans > 0) process.stderr.write(`${summary.missingScans} scans are not on this disk\n`)
  } finally {
    await close()
  }
}
