import type { Desk } from '../../../electron/desk.ts'
import { describeStartFailure } from '../../../electron/start-failure.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'

/** A start on a disk that lets nothing be written: the desk, or the words the app would show. */
export async function tryToStart(folder: string): Promise<Desk | string> {
  try {
    return await openNodeDesk({ folder, random: () => 0 })
  } catch (cause) {
    return describeStartFailure(cause)
  }
}
