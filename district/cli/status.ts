import { findRunning } from '../data-folder.ts'
import { readOverview } from '../store/overview.ts'
import { openDatabase } from './open-database.ts'
import type { Options } from './options.ts'

export async function status(options: Options): Promise<void> {
  const { store, dataFolder, close } = await openDatabase(options)
  try {
    const running = findRunning(dataFolder)
    const overview = await readOverview(store.allUnits)
    const { rows } = await store.query<{ epoch: string; name: string }>('select epoch, name from district')
    const lines = [
      `${rows[0]?.name ?? 'district'} · epoch ${rows[0]?.epoch ?? '-'} · ${running?.url ?? 'not running'}`,
      `database ${(overview.databaseBytes / 1_048_576).toFixed(1)} MB`,
      ...overview.desks.map(({ deskId, unitId, name, lane, lastContactAt, retired }) =>
        ['desk', unitId, name, `lane ${lane}`, retired ? 'retired' : (lastContactAt ?? 'no contact yet'), deskId].join(
          ' · ',
        ),
      ),
      ...overview.units.map(({ unitId, dossiers, events, refused, attachments }) =>
        ['unit', unitId, `${dossiers} dossiers`, `${events} events`, `${refused} refused`, `${attachments} scans`].join(
          ' · ',
        ),
      ),
      ...overview.incidents.map(({ unitName, code, subject, times, lastAt }) =>
        ['incident', unitName, code, subject, `${times}×`, lastAt].join(' · '),
      ),
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  } finally {
    await close()
  }
}
