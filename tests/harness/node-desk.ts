import path from 'node:path'
import { createClock } from '../../electron/clock.ts'
import { type Desk, openDesk } from '../../electron/desk.ts'
import { enrol } from '../../electron/enrolment/enrol.ts'
import type { LinePace } from '../../electron/exchange/line-pace.ts'
import { type CommandId, uuidV7 } from '../../shared/core/ids.ts'
import type { Command } from '../../shared/domain/command.ts'

/** The whole of main without Electron's windows, as tests and benches drive it. */
export interface NodeDeskOptions {
  readonly folder: string
  /** Where a test takes the folder back in time; else inside it. */
  readonly witnessFile?: string
  readonly demoClock?: string
  readonly random?: () => number
  /** The PC's clock, where a test sets it. */
  readonly pcNow?: () => number
  /** How long the PC has been running; the machine's own, unless given. */
  readonly runningMs?: () => number
  /** Where a desk gives up sooner than others. */
  readonly pace?: LinePace
}

const silent = { info: () => undefined, error: () => undefined }

export function openNodeDesk(options: NodeDeskOptions): Promise<Desk> {
  const {
    folder,
    witnessFile = path.join(folder, 'witness'),
    demoClock,
    random = Math.random,
    pcNow,
    runningMs,
    pace,
  } = options
  return openDesk({
    folder,
    witnessFile,
    wrapping: { available: false, wrap: () => Buffer.alloc(0), unwrap: () => '' },
    clock: createClock(demoClock, pcNow, runningMs),
    log: silent,
    random,
    ...(pace ? { pace } : {}),
    onExchange: () => undefined,
    onBackup: () => undefined,
    onCourier: () => undefined,
    onReference: () => undefined,
  })
}

export async function enrolDesk(desk: Desk, url: string, code: string, deskName: string): Promise<void> {
  const enrolled = await enrol({ url, code, deskName }, desk)
  if (!enrolled.ok) throw new Error(`enrolment: ${JSON.stringify(enrolled.error)}`)
}

export async function signIn(desk: Desk, staffId: string, code = '123456'): Promise<void> {
  const signed = await desk.session.signIn(staffId, code)
  if (!signed.ok) throw new Error(`sign-in: ${signed.error.code}`)
}

export function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}

export async function execute(desk: Desk, command: Command) {
  return desk.commands.execute({ commandId: newId() as CommandId, command })
}
