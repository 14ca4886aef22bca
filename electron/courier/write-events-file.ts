import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { instantOf } from '../../shared/core/time.ts'
import type { CourierFailure } from '../../shared/ipc/contract.ts'
import { findBodyFault, readCourierHead, writeCourier } from '../../shared/node/courier-file.ts'
import type { CourierHead } from '../../shared/wire/courier.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { DecidingDesk } from '../commands/decision-context.ts'
import { hasCode, syncFolder } from '../disk/durable-file.ts'
import { type DeskIdentity, privateKeyOf, signText } from '../enrolment/desk-identity.ts'
import { contentsOf } from './courier-contents.ts'

/** Which district this desk belongs to: the SHA-256 of its letter box. */
export function districtMarkOf({ districtBoxKey }: DeskIdentity): string {
  return createHash('sha256').update(districtBoxKey).digest('hex')
}

/**
 * Writes everything unsent to `target`. It gets its name only when synced and read back whole: a stick pulled out too
 * soon, or one that only pretends to have room, leaves no file that looks like one.
 */
export async function writeEventsFile(
  desk: DecidingDesk,
  attachments: AttachmentStore,
  target: string,
  fileId: string,
  onProgress: (done: number, total: number) => void,
): Promise<Result<CourierHead, CourierFailure>> {
  const { identity, clock } = desk
  let done = 0
  const contents = contentsOf(desk, attachments, (bytes) => {
    done += bytes
    onProgress(done, contents.bytes)
  })
  const outline = {
    kind: 'events',
    fileId,
    unitId: identity.unit.id,
    deskId: identity.deskId,
    lane: identity.lane.id,
    district: districtMarkOf(identity),
    createdAt: instantOf(clock.now()),
  } as const
  return writeWhole(target, async (handle) => {
    const sign = (text: string) => signText(privateKeyOf(identity), text)
    await writeCourier(handle, outline, identity.districtBoxKey, contents.entries, sign)
  })
}

/** Fills a new file under another name, reads it back, and only then gives it its own. */
export async function writeWhole(
  target: string,
  fill: (handle: Awaited<ReturnType<typeof open>>) => Promise<void>,
): Promise<Result<CourierHead, CourierFailure>> {
  const partial = `${target}.partial`
  try {
    const handle = await open(partial, 'w', 0o600)
    try {
      await fill(handle)
    } finally {
      await handle.close()
    }
    const head = await readBack(partial)
    if (!head) return err({ code: 'courier/unreliable' })
    await rename(partial, target)
    await syncFolder(path.dirname(target))
    return ok(head)
  } catch (cause) {
    if (hasCode(cause, 'ENOSPC', 'EDQUOT', 'EFBIG')) return err({ code: 'courier/no-room' })
    // Anything the system says about the stick is about the stick; what has no code is a bug and stays one.
    if (cause instanceof Error && 'syscall' in cause) return err({ code: 'file/cannot-write' })
    throw cause
  } finally {
    await rm(partial, { force: true }).catch(() => undefined)
  }
}

async function readBack(file: string): Promise<CourierHead | undefined> {
  const handle = await open(file, 'r')
  try {
    const head = await readCourierHead(handle)
    return head.ok && !(await findBodyFault(handle, head.value)) ? head.value : undefined
  } finally {
    await handle.close()
  }
}
