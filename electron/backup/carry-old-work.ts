import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { err, ok, type Result } from '../../shared/core/result.ts'
import type { RestoreFailure } from '../../shared/ipc/contract.ts'
import type { DecidingDesk } from '../commands/decision-context.ts'
import type { Courier } from '../courier/courier.ts'
import { writeEventsFile } from '../courier/write-events-file.ts'
import type { OldDesk } from './old-desk.ts'

/**
 * Writes what the dead desk had not sent as its own courier file, signed with its own key, and takes that file in as if
 * it had come on a stick: from then on it is durable here, and goes to the district as soon as there is a line.
 */
export async function carryOldWork(
  old: OldDesk,
  desk: DecidingDesk,
  courier: Courier,
  folder: string,
): Promise<Result<null, RestoreFailure>> {
  const { identity, journal, reference } = old
  const file = path.join(folder, 'old-desk.motcua')
  try {
    const dead = { ...desk, identity, journal, reference }
    const written = await writeEventsFile(dead, old.scans, file, randomUUID(), () => undefined)
    const taken = written.ok ? await courier.read(file) : written
    if (!taken.ok) return err({ code: 'restore/not-carried', reason: taken.error.code })
    // Their authors have them still; one that is refused here is not worth stopping for.
    for (const carried of old.carriedFiles) await courier.read(carried)
    void courier.forward()
    return ok(null)
  } finally {
    await rm(file, { force: true })
  }
}
