import { fenceDesk } from '../enrolment/fence-desk.ts'
import { findDesk, retireDesk } from '../store/desks.ts'
import { closeIncidents } from '../store/incidents.ts'
import { openDatabase } from './open-database.ts'
import { CommandFailed, need, type Options } from './options.ts'

/** From its next request on the desk is refused; `--undo` lets it in again. */
export async function retireDeskCommand(options: Options): Promise<void> {
  const deskId = need(options, 'desk')
  const { store, clock, close } = await openDatabase(options)
  try {
    const desk = await findDesk(store.allUnits, deskId)
    if (!desk) throw new CommandFailed(`There is no desk "${deskId}". The command status lists them.`)
    await store.ofUnit(desk.unitId).transaction(async (session) => {
      if (!options.undo) return fenceDesk(session, desk, clock.now())
      await retireDesk(session, deskId, undefined)
      await closeIncidents(session, desk, 'desk/may-have-unsent', clock.now())
      await closeIncidents(session, desk, 'event/left-parked', clock.now())
    })
    process.stdout.write(`${desk.unitId} · ${desk.name}: ${options.undo ? 'is let in again' : 'retired'}\n`)
  } finally {
    await close()
  }
}
