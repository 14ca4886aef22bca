import { clockTimeOf, dateOf, instantOf } from '../../shared/core/time.ts'
import { formatEnrolmentCode } from '../../shared/wire/enrolment.ts'
import { findDesk } from '../store/desks.ts'
import { addEnrolmentCode } from '../store/enrolment-codes.ts'
import { readUnitNames } from '../store/overview.ts'
import { readPins } from '../tls/pins.ts'
import { openDatabase } from './open-database.ts'
import { CommandFailed, need, type Options, wholeNumber } from './options.ts'

/** The last line of standard output is the code alone, so that a script can take it. */
export async function enrolCode(options: Options): Promise<void> {
  const unitId = need(options, 'unit')
  const hours = wholeNumber(options.hours, 'hours', { min: 1, max: 720, otherwise: 24 })
  const { store, dataFolder, clock, close } = await openDatabase(options)
  try {
    const names = await readUnitNames(store.allUnits)
    const unitName = names.get(unitId)
    if (!unitName) {
      const known = [...names].map(([id, name]) => `  ${id}  ${name}`).join('\n')
      throw new CommandFailed(
        known ? `There is no unit "${unitId}". Units here:\n${known}` : 'No units yet: run serve with --seed once.',
      )
    }
    const { replaces } = options
    const replaced = replaces === undefined ? undefined : await findDesk(store.allUnits, replaces)
    if (replaces !== undefined && replaced?.unitId !== unitId) {
      throw new CommandFailed(`There is no desk "${replaces}" in ${unitName}. The command status lists them.`)
    }
    const secret = await addEnrolmentCode(
      store,
      {
        unitId,
        deskName: (options.name ?? '').slice(0, 100),
        hours,
        ...(replaced ? { replaces: replaced.deskId } : {}),
      },
      clock.now(),
    )
    const code = formatEnrolmentCode(secret, readPins(dataFolder)[0])
    const until = instantOf(clock.nowMs() + hours * 3_600_000)
    process.stdout.write(`${unitName}: one desk, until ${clockTimeOf(until)} ${dateOf(until)}\n${code}\n`)
  } finally {
    await close()
  }
}
