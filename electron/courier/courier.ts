import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { clockTimeOf, dateOf } from '../../shared/core/time.ts'
import type { CourierFailure, CourierRead, CourierWritten } from '../../shared/ipc/contract.ts'
import type { CourierView } from '../../shared/ipc/view.ts'
import type { CourierHead } from '../../shared/wire/courier.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { DecidingDesk } from '../commands/decision-context.ts'
import { createQueue } from '../disk/queue.ts'
import { isSignedText } from '../enrolment/desk-identity.ts'
import { createDistrictClient } from '../exchange/district-client.ts'
import type { Log } from '../log.ts'
import { applyReceipt } from './apply-receipt.ts'
import type { CourierStore } from './courier-store.ts'
import { forwardCouriers } from './forward-couriers.ts'
import { recogniseFile } from './recognise-file.ts'
import { writeEventsFile, writeWhole } from './write-events-file.ts'

/** Unsent work out and receipts in by USB stick; other desks' files on to the district. One thing at a time. */
export interface Courier {
  readonly view: () => CourierView
  /** A name without personal data: lane and moment. */
  readonly nameFor: (what: 'gui' | 'bien-nhan', lane: number, at: string) => string
  readonly write: (target: string) => Promise<Result<CourierWritten, CourierFailure>>
  readonly read: (file: string) => Promise<Result<CourierRead, CourierFailure>>
  readonly saveReceipt: (fileId: string, target: string) => Promise<Result<{ readonly saved: boolean }, CourierFailure>>
  readonly discard: (fileId: string) => Promise<Result<null, CourierFailure>>
  /** The line is there: carried files go to the district. */
  readonly forward: () => Promise<void>
  readonly stop: () => Promise<void>
}

export interface CourierDeps {
  readonly store: CourierStore
  readonly desk: () => DecidingDesk | undefined
  readonly attachments: AttachmentStore
  readonly turn: <T>(task: () => Promise<T>) => Promise<T>
  /** Runs something while no exchange does. */
  readonly atRest: <T>(work: () => Promise<T>) => Promise<T>
  readonly log: Log
  readonly onChange: () => void
}

/** Progress is shown in steps of this; every event would be thousands of hints. */
const progressSteps = 100

export function createCourier(deps: CourierDeps): Courier {
  const { store, log, onChange } = deps
  const inTurn = createQueue()
  const stopping = new AbortController()
  let progress: CourierView['progress']
  let forwarding: Promise<void> | undefined

  function showProgress(done: number, total: number): void {
    const step = (value: number) => Math.floor((value * progressSteps) / Math.max(1, total))
    const isNews = !progress || step(done) > step(progress.done)
    progress = { done, total }
    if (isNews) onChange()
  }

  async function write(target: string): Promise<Result<CourierWritten, CourierFailure>> {
    const desk = deps.desk()
    const { unsent, unsentScans } = desk?.journal.index ?? {}
    if (!desk || (unsent?.size === 0 && unsentScans?.size === 0)) return err({ code: 'courier/nothing-unsent' })
    const fileId = randomUUID()
    const journalId = desk.journal.journalId()
    const head = await writeEventsFile(desk, deps.attachments, target, fileId, showProgress)
    if (!head.ok) return head
    const { events, scans, createdAt } = head.value
    await store.noteWritten({ fileId, writtenAt: createdAt, events, scans, journalId })
    log.info('courier-written', { events, scans, bytes: head.value.bytes })
    return ok({ outcome: 'written', name: path.basename(target), events, scans })
  }

  async function read(file: string): Promise<Result<CourierRead, CourierFailure>> {
    const desk = deps.desk()
    const handle = await open(file, 'r').catch(() => undefined)
    if (!desk || !handle) return err({ code: 'file/cannot-read' })
    try {
      const known = await recogniseFile(desk, handle)
      if (!known.ok) return known
      const { kind, head } = known.value
      return kind === 'receipt' ? await takeReceipt(desk, handle, head) : await carry(handle, head)
    } catch (cause) {
      // A stick pulled out while it was read; what was copied so far has no name yet.
      if (cause instanceof Error && 'syscall' in cause && cause.syscall === 'read')
        return err({ code: 'file/cannot-read' })
      throw cause
    } finally {
      await handle.close()
    }
  }

  async function takeReceipt(
    desk: DecidingDesk,
    handle: Awaited<ReturnType<typeof open>>,
    head: CourierHead,
  ): Promise<Result<CourierRead, CourierFailure>> {
    const written = store.written().find(({ fileId }) => fileId === head.fileId)
    const provesWhole = written?.journalId === desk.journal.journalId()
    const applied = await deps.atRest(() => applyReceipt(desk, handle, head, provesWhole, deps.turn))
    if (!applied.ok) return err({ code: applied.error })
    if (written) await store.noteAnswered(head.fileId, desk.clock.instant())
    log.info('courier-receipt', { ...applied.value })
    return ok({ outcome: 'receipt', ...applied.value })
  }

  async function carry(
    handle: Awaited<ReturnType<typeof open>>,
    head: CourierHead,
  ): Promise<Result<CourierRead, CourierFailure>> {
    await store.keep(head, async (copy) => {
      for await (const part of handle.createReadStream({ start: 0, autoClose: false })) await copy.appendFile(part)
    })
    log.info('courier-carrying', { events: head.events, scans: head.scans, bytes: head.bytes })
    return ok({ outcome: 'carrying', events: head.events, scans: head.scans })
  }

  async function forwardAll(desk: DecidingDesk): Promise<void> {
    const { identity, clock } = desk
    const isOurDistrict = (text: string, signature: string) => isSignedText(identity.districtPublicKey, text, signature)
    const client = createDistrictClient(identity, clock)
    const done = await forwardCouriers(client, store, isOurDistrict, stopping.signal)
    if (!done.ok) log.info('courier-not-forwarded', { code: done.error.code })
  }

  return {
    view: () => ({
      written: store.written().map(({ journalId: _, ...file }) => file),
      carried: store.carried().map(({ head: { fileId, lane, createdAt, events, scans, bytes }, state, code }) => ({
        fileId,
        lane,
        createdAt,
        events,
        scans,
        bytes,
        state,
        ...(code ? { code } : {}),
      })),
      ...(progress ? { progress } : {}),
    }),
    nameFor: (what, lane, at) => `mot-cua-${what}-so-${lane}-${dateOf(at)}-${clockTimeOf(at).replace(':', '')}.motcua`,
    write: (target) =>
      inTurn(async () => {
        const written = await write(target)
        progress = undefined
        onChange()
        return written
      }),
    read: (file) =>
      inTurn(async () => {
        const taken = await read(file)
        onChange()
        return taken
      }),
    saveReceipt: (fileId, target) =>
      inTurn(async () => {
        const receipt = await open(store.fileOf(fileId, 'receipt'), 'r').catch(() => undefined)
        if (!receipt) return err({ code: 'courier/gone' })
        const saved = await writeWhole(target, async (copy) => {
          for await (const part of receipt.createReadStream({ autoClose: false })) await copy.appendFile(part)
          await copy.sync()
        }).finally(() => receipt.close())
        return saved.ok ? ok({ saved: true }) : saved
      }),
    discard: (fileId) =>
      inTurn(async () => {
        const file = store.carried().find(({ head }) => head.fileId === fileId)
        // Another desk counts on it: only what was answered may go.
        if (!file || file.state === 'waiting') return err({ code: 'courier/gone' })
        await store.discard(fileId)
        onChange()
        return ok(null)
      }),
    forward() {
      const desk = deps.desk()
      if (!desk || stopping.signal.aborted || !store.carried().some(({ state }) => state === 'waiting')) {
        return Promise.resolve()
      }
      forwarding ??= forwardAll(desk)
        .catch((cause: unknown) => log.error('courier-forward', cause))
        .finally(() => {
          forwarding = undefined
          onChange()
        })
      return forwarding
    },
    async stop() {
      stopping.abort()
      await forwarding
      await inTurn(async () => undefined)
    },
  }
}
