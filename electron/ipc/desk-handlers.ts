import { err, ok, type Result } from '../../shared/core/result.ts'
import { type AttachmentFailure, maxPartBytes, type SignedOut } from '../../shared/ipc/contract.ts'
import type { ScanReader } from '../attachments/scan-reader.ts'
import type { CourierDialogs } from '../courier/courier-dialogs.ts'
import type { Desk } from '../desk.ts'
import { deskStatusOf, exchangeStatusOf } from '../desk-status.ts'
import { enrol, enrolAgain } from '../enrolment/enrol.ts'
import type { Log } from '../log.ts'
import { outboxOf } from '../projection/outbox.ts'
import { projectionPage } from '../projection/projection.ts'
import { timelineOf } from '../projection/timeline.ts'
import { summaryOf } from '../session/session.ts'
import type { ShownDocument } from '../windows/document-window.ts'
import type { Handlers } from './answer-call.ts'
import type { BackupHandlers } from './backup-handlers.ts'
import { createCourierHandlers } from './courier-handlers.ts'
import type { PrintHandlers } from './print-handlers.ts'

export interface HandlerDeps {
  readonly desk: Desk
  readonly log: Log
  readonly appVersion: string
  readonly scans: ScanReader
  readonly printing: PrintHandlers
  readonly backup: BackupHandlers
  readonly courierDialogs: CourierDialogs
  readonly showDocument: (document: ShownDocument) => void
  readonly clearPageStore: () => Promise<boolean>
  readonly onStatus: () => void
}

const signedOut = err<SignedOut>({ code: 'session/signed-out' })

/** The services behind the contract, each a line or two over the desk's parts. */
export function createHandlers(deps: HandlerDeps): Handlers {
  const { desk, appVersion } = deps
  const status = () => deskStatusOf(desk, appVersion)
  const isSending = (eventId: string) => desk.findExchange()?.isSending(eventId) ?? false
  const isParked = (eventId: string) => desk.findExchange()?.isParked(eventId) ?? false

  /** Everything that shows or changes dossiers needs an officer. */
  async function signedIn<T, E>(run: () => Promise<Result<T, E>>): Promise<Result<T, E | SignedOut>> {
    return desk.session.staff() ? run() : signedOut
  }

  return {
    'desk.status': async () => ok(status()),
    'desk.enrol': async (input) => {
      const enrolled = await enrol(input, desk)
      if (!enrolled.ok) return enrolled
      desk.startExchange()
      deps.onStatus()
      return ok(status())
    },
    'desk.re-enrol': (input) =>
      signedIn(async () => {
        const enrolled = await desk.atRest(() => enrolAgain(input, desk))
        deps.log.info('enrolled-again', enrolled.ok ? { ok: true } : { ok: false, code: enrolled.error.code })
        if (!enrolled.ok) return enrolled
        deps.onStatus()
        return ok(status())
      }),
    'desk.confirm-clock': () =>
      signedIn(async () => {
        await desk.clockTrust.confirm()
        deps.log.info('clock-confirmed')
        deps.onStatus()
        return ok(status())
      }),
    'session.staff': async () => {
      const unitId = desk.identity.current()?.unit.id
      const members = desk.reference.current().staff?.staff ?? []
      return ok(members.filter((member) => member.active && member.unitId === unitId).map(summaryOf))
    },
    'session.sign-in': async ({ staffId, code }) => {
      if (!desk.identity.current()) return err({ code: 'session/not-enrolled' })
      const signed = await desk.session.signIn(staffId, code)
      deps.log.info('sign-in', { ok: signed.ok })
      if (!signed.ok) return signed
      deps.onStatus()
      return ok(status())
    },
    'session.sign-out': async () => {
      desk.session.signOut()
      deps.onStatus()
      return ok(status())
    },
    'reference.get': async () => {
      const { staff, ...open } = desk.reference.current()
      // Sign-in verifiers stay in main.
      const names = staff && {
        ...staff,
        staff: staff.staff.map((member) => ({ ...member, signIn: { salt: '', hash: '', cost: 0 } })),
      }
      return ok(names ? { ...open, staff: names } : open)
    },
    'store.key': () => signedIn(async () => ok(new Uint8Array(desk.pageStoreKey))),
    'store.clear': () =>
      signedIn(async () => {
        const cleared = await deps.clearPageStore()
        deps.log.info('page-store-damaged', { cleared })
        return ok({ cleared })
      }),
    'projection.changes': (wish) => signedIn(async () => ok(await projectionPage(desk.journal, wish))),
    'drafts.list': () => signedIn(async () => ok(desk.drafts.list())),
    'drafts.save': ({ draftId, content }) =>
      signedIn(async () => {
        const staff = desk.session.staff()
        if (!staff) return signedOut
        const savedAt = desk.clock.instant()
        await desk.drafts.save({ id: draftId, content, staffId: staff.id, savedAt })
        return ok({ savedAt })
      }),
    'drafts.discard': ({ draftId }) =>
      signedIn(async () => {
        await desk.drafts.discard(draftId)
        return ok(null)
      }),
    'dossier.execute': (input) => desk.commands.execute(input),
    'dossier.timeline': ({ dossierId }) =>
      signedIn(async () => ok(await timelineOf(desk.journal, desk.reference, isSending, isParked, dossierId))),
    'attachments.begin': ({ name, bytes }) => signedIn(async () => desk.uploads.begin(name, bytes)),
    'attachments.part': ({ uploadId, part }) => signedIn(async () => desk.uploads.part(uploadId, part)),
    'attachments.finish': ({ uploadId }) => signedIn(() => desk.uploads.finish(uploadId)),
    'attachments.read': ({ sha256, offset }) =>
      signedIn(async (): Promise<Result<{ part: Uint8Array; bytes: number }, AttachmentFailure>> => {
        const content = await deps.scans.read(sha256)
        if (!content.ok) return content
        const part = content.value.subarray(offset, offset + maxPartBytes)
        return ok({ part: new Uint8Array(part), bytes: content.value.byteLength })
      }),
    'attachments.open': ({ sha256, mediaType, name }) =>
      signedIn(async (): Promise<Result<null, AttachmentFailure>> => {
        const content = await deps.scans.read(sha256)
        if (!content.ok) return content
        deps.showDocument({ mediaType, name, content: content.value })
        return ok(null)
      }),
    'printing.find-printer': () => signedIn(() => deps.printing.findPrinter()),
    'printing.print': (input) => signedIn(() => deps.printing.print(input)),
    'printing.save-pdf': (input) => signedIn(() => deps.printing.savePdf(input)),
    'printing.preview': (input) => signedIn(() => deps.printing.preview(input)),
    'exchange.now': async () => {
      await desk.findExchange()?.now()
      return ok(exchangeStatusOf(desk))
    },
    'exchange.outbox': ({ limit }) =>
      signedIn(async () => ok(await outboxOf(desk.journal, isSending, isParked, limit))),
    'backup.choose-folder': () => signedIn(() => deps.backup.chooseFolder()),
    'backup.now': () => signedIn(async () => ok(await desk.backup.now())),
    'restore.choose-backup': () => signedIn(() => deps.backup.chooseBackup()),
    'restore.choose-key': () => signedIn(() => deps.backup.chooseKey()),
    'restore.run': (input) => signedIn(() => deps.backup.restore(input)),
    ...createCourierHandlers(desk, deps.courierDialogs, signedIn),
    'log.report': async ({ code }) => {
      deps.log.info('page-reported', { code })
      return ok(null)
    },
  }
}
