import type { CommandId, DeskId, DossierId, DraftId, EventId, StaffId } from '../../shared/core/ids.ts'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { dateOf, type Instant, instantOf, unixMsOf } from '../../shared/core/time.ts'
import type { Command } from '../../shared/domain/command.ts'
import { decide } from '../../shared/domain/decide.ts'
import type { Dossier } from '../../shared/domain/dossier.ts'
import type { DossierEvent } from '../../shared/domain/event.ts'
import { foldDossier } from '../../shared/domain/fold.ts'
import { nextNumber } from '../../shared/domain/numbering.ts'
import type { Scan } from '../../shared/domain/submitted-document.ts'
import type { DeskBridge } from '../../shared/ipc/bridge.ts'
import type { Channel, CourierRead, Failure, HintTopic, Input, Output } from '../../shared/ipc/contract.ts'
import type {
  CourierView,
  DeskStatus,
  DossierView,
  DraftView,
  ExchangeState,
  LineState,
  TimelineEntry,
} from '../../shared/ipc/view.ts'
import staffJson from '../../shared/law/data/staff-vu-ban-2022.json' with { type: 'json' }
import unitsJson from '../../shared/law/data/units-vu-ban-2022.json' with { type: 'json' }
import { findProcedure, findProcedureVersion } from '../../shared/law/procedure.ts'
import type { Publications } from '../../shared/law/publication.ts'
import type { StaffMember } from '../../shared/law/staff.ts'
import { unitDirectorySchema } from '../../shared/law/unit.ts'
import { calendar, catalogue } from './catalogue.ts'
import { sampleId } from './sample-events.ts'

/**
 * Main as the page sees it, in memory, on the real rules: for component tests and for looking at screens in a browser.
 * Only the four edges are fake: line, clock, ids, disk.
 */
export interface FakeDesk {
  readonly bridge: DeskBridge
  /** What the page asked, oldest first. */
  readonly calls: readonly FakeCall[]
  readonly hint: (topic: HintTopic) => void
  readonly setNow: (now: Instant) => void
  readonly setLine: (line: LineState) => void
  /** What is on the line at this moment. */
  readonly setSending: (dossiers: readonly DossierId[]) => void
  readonly signIn: (staffId: string) => void
  readonly change: (change: Partial<DeskStatus>) => void
  /** Runs a command as an officer, at any moment; throws when it is refused, because a test meant it to work. */
  readonly execute: (staffId: string, command: Command, at?: Instant) => DossierView
  /** What an officer did here without a line, and the upper tier gave back: decided now, never part of the dossier. */
  readonly giveBack: (staffId: string, command: Command, code: string, at?: Instant) => EventId
  /** The upper tier found something about the newest event of a dossier. */
  readonly find: (dossierId: DossierId, code: string) => void
  readonly mark: (dossierId: DossierId, exchange: ExchangeState, returnedCode?: string) => void
  /** The upper tier took everything. */
  readonly acceptAll: () => void
  readonly saveDraft: (draftId: string, content: DraftView['content']) => void
  /** The next call of this channel answers this failure. */
  readonly failNext: <C extends Channel>(channel: C, failure: Failure<C>) => void
  /** What lies on sticks, and what the next file read from one turns out to be. */
  readonly setCourier: (view: CourierView, read?: CourierRead) => void
  /** A new life of the journal: the same dossiers under another id. */
  readonly newJournal: () => void
  readonly views: () => readonly DossierView[]
}

export interface FakeCall {
  readonly channel: Channel
  readonly input: unknown
}

interface ReturnedEvent {
  readonly event: DossierEvent
  readonly code: string
  answeredBy?: EventId
}

interface StoredDossier {
  readonly events: DossierEvent[]
  view: DossierView
}

interface StoredScan {
  readonly scan: Scan
  readonly bytes: Uint8Array
}

export const fakeOfficer = 'goi.hanh'
export const fakeSpecialist = 'goi.binh'
export const fakeLeader = 'goi.son'
let desks = 0
const ownDesk = sampleId(900_001) as DeskId
const noVerifier = { salt: '', hash: '', cost: 1 }

const units = unitDirectorySchema.parse(unitsJson)
const staff: readonly StaffMember[] = staffJson.map(
  ({ id, unitId, name, title, role }) =>
    ({ id, unitId, name, title, role, active: true, signIn: noVerifier }) as StaffMember,
)
const publications: Publications = {
  catalogue,
  calendar,
  units,
  staff: { version: 1, staff: [...staff] },
}

export interface FakeDeskOptions {
  readonly now?: Instant
  readonly signedIn?: string
  readonly enrolled?: boolean
  readonly former?: DeskStatus['former']
}

export function createFakeDesk(options: FakeDeskOptions = {}): FakeDesk {
  const { now: start = '2022-08-17T02:47:00.000Z', signedIn, enrolled = true, former } = options
  const listeners = new Set<(topic: HintTopic) => void>()
  const calls: FakeCall[] = []
  const failures = new Map<Channel, unknown>()
  const dossiers = new Map<DossierId, StoredDossier>()
  const executed = new Map<CommandId, Output<'dossier.execute'>>()
  const drafts = new Map<DraftId, DraftView>()
  const scans = new Map<string, StoredScan>()
  const uploads = new Map<string, { readonly name: string; readonly parts: Uint8Array[] }>()
  const ordinals = new Map<string, number>()
  const accepted: { readonly event: DossierEvent; readonly at: Instant }[] = []
  const returned: ReturnedEvent[] = []
  const findings = new Map<EventId, string>()
  let offsetMs = unixMsOf(start) - performance.now()
  desks += 1
  const desk = desks
  let journal = 1
  let position = 0
  let ids = 0
  let line: LineState = 'offline'
  let sending: readonly DossierId[] = []
  let courier: CourierView = { written: [], carried: [] }
  let courierRead: CourierRead = { outcome: 'cancelled' }
  let changes: Partial<DeskStatus> = {}
  let officer = signedIn ? getStaff(signedIn) : undefined
  let known = enrolled

  const now = (): Instant => instantOf(performance.now() + offsetMs)
  const nextId = (): string => {
    ids += 1
    return sampleId(ids)
  }
  const hint = (topic: HintTopic): void => {
    for (const listener of [...listeners]) listener(topic)
  }

  function status(): DeskStatus {
    const unsent = [...dossiers.values()].flatMap(unsentOf).length
    return {
      now: now(),
      demoClock: false,
      enrolled: known,
      ...(known
        ? {
            deskId: ownDesk,
            deskName: 'Quầy 2',
            unit: units.units.find(({ id }) => id === 'goi'),
            lane: { id: 1, first: 1, last: 500, validUntil: '2023-12-31' },
          }
        : { ...(former ? { former } : {}) }),
      upperTierLabel: 'huyện',
      retired: false,
      laneEndsSoon: false,
      ...(officer ? { staff: { id: officer.id, name: officer.name, title: officer.title, role: officer.role } } : {}),
      vault: 'trial',
      publications: { catalogue: 1, calendar: 1, units: 1, staff: 1 },
      exchange: { line, unsentEvents: unsent, unsentScans: 0, sending, lastSuccessAt: '2022-08-17T01:42:00.000Z' },
      journal: { state: 'whole', healedEntries: 0, cutBytes: 0, whole: true },
      backup: { state: 'none', isStale: false, hasRecoveryKey: true },
      appVersion: '0.1.0',
      ...changes,
    } as DeskStatus
  }

  function decideAs(by: StaffMember, command: Command, at: Instant, commandId: CommandId) {
    const stored = dossiers.get(command.dossierId)
    return decide(stored?.view.dossier, command, {
      at,
      eventId: nextId() as EventId,
      commandId,
      unitId: by.unitId,
      deskId: ownDesk,
      staff: by,
      law: {
        catalogueVersion: catalogue.version,
        calendar,
        findProcedure: (code, version) =>
          version === undefined
            ? findProcedure(catalogue, code, dateOf(at))
            : findProcedureVersion(catalogue, code, version),
      },
      takeNumber: () => {
        const on = dateOf(at)
        const number = nextNumber(
          { id: 1, first: 1, last: 99_999, validUntil: '2030-12-31' },
          '000.01.18.H40',
          on,
          ordinals.get(on) ?? 0,
        )
        if (number.ok) ordinals.set(on, number.value.ordinal)
        return number
      },
    })
  }

  function run(
    by: StaffMember,
    command: Command,
    at: Instant,
    commandId: CommandId,
  ): Result<DossierView, Failure<'dossier.execute'>> {
    const decision = decideAs(by, command, at, commandId)
    if (!decision.ok) return decision
    const events = [...(dossiers.get(command.dossierId)?.events ?? []), decision.value]
    const answered = 'resolves' in command && returned.find(({ event }) => event.id === command.resolves)
    if (answered) answered.answeredBy = decision.value.id
    return ok(put(events, foldDossier(events) as Dossier, 'waiting'))
  }

  function unanswered(dossierId: DossierId): ReturnedEvent | undefined {
    return returned.find(({ event, answeredBy }) => event.dossierId === dossierId && !answeredBy)
  }

  function put(events: DossierEvent[], dossier: Dossier, exchange: ExchangeState, returnedCode?: string): DossierView {
    position += 1
    const back = unanswered(dossier.id)
    const code = back?.code ?? returnedCode
    const closed = new Set(dossier.closedFindings?.map(({ findingOf }) => findingOf))
    const view: DossierView = {
      id: dossier.id,
      position,
      exchange: back ? 'returned' : exchange,
      ...(code ? { returnedCode: code } : {}),
      findings: events.flatMap(({ id }) => (closed.has(id) ? [] : (findings.get(id) ?? []))),
      dossier,
    }
    dossiers.set(dossier.id, { events, view })
    return view
  }

  function executeCall({
    commandId,
    command,
    draftId,
  }: Input<'dossier.execute'>): Result<Output<'dossier.execute'>, Failure<'dossier.execute'>> {
    if (!officer) return err({ code: 'session/signed-out' })
    const before = executed.get(commandId)
    if (before) return ok(before)
    const done = run(officer, command, now(), commandId)
    if (!done.ok) return done
    const { dossier } = done.value
    const reception = dossier.state.status === 'refused' ? undefined : dossier.state.reception
    const answer = {
      dossierId: dossier.id,
      eventId: dossiers.get(dossier.id)?.events.at(-1)?.id ?? '',
      ...(command.type === 'receive-dossier' && reception
        ? { number: reception.number, dueAt: reception.due.dueAt }
        : {}),
    }
    executed.set(commandId, answer)
    if (draftId && drafts.delete(draftId)) hint('drafts')
    hint('projection')
    hint('exchange')
    return ok(answer)
  }

  function timeline(dossierId: DossierId): readonly TimelineEntry[] {
    const stored = dossiers.get(dossierId)
    const line = (event: DossierEvent) => ({
      eventId: event.id,
      type: event.type,
      at: event.at,
      staffId: event.staffId,
      staffName: staff.find(({ id }) => id === event.staffId)?.name,
      deskId: event.deskId,
      own: event.deskId === ownDesk,
      findings: [findings.get(event.id) ?? []].flat(),
      body: { ...event.body },
    })
    const back = returned.filter(({ event }) => event.dossierId === dossierId)
    const lasting = stored?.view.exchange ?? 'accepted'
    const exchange: TimelineEntry['exchange'] =
      lasting === 'waiting' && sending.includes(dossierId) ? 'sending' : lasting
    return [
      ...(stored?.events ?? []).map((event) => {
        const isLast = event === stored?.events.at(-1) && back.length === 0
        return {
          ...line(event),
          exchange: isLast ? exchange : ('accepted' as const),
          ...(stored?.view.returnedCode && isLast ? { code: stored.view.returnedCode } : {}),
        }
      }),
      ...back.map(({ event, code, answeredBy }) => ({
        ...line(event),
        exchange: 'returned' as const,
        code,
        ...(answeredBy ? { answeredBy } : {}),
      })),
    ]
  }

  function unsentOf({ events, view }: StoredDossier): readonly DossierEvent[] {
    return view.exchange === 'accepted' ? [] : events.slice(-1)
  }

  function outboxEntry(event: DossierEvent) {
    const view = dossiers.get(event.dossierId)?.view
    const state = view?.dossier.state
    return {
      eventId: event.id,
      dossierId: event.dossierId,
      type: event.type,
      at: event.at,
      ...(state && state.status !== 'refused' ? { number: state.reception.number.text } : {}),
      applicantName: view?.dossier.applicant.name ?? '',
      bytes: JSON.stringify(event).length,
    }
  }

  function outbox(): Output<'exchange.outbox'> {
    const unsent = [...dossiers.values()].flatMap((stored) =>
      unsentOf(stored).map((event) => ({
        ...outboxEntry(event),
        state: stored.view.exchange === 'returned' ? ('returned' as const) : ('waiting' as const),
        ...(stored.view.returnedCode ? { code: stored.view.returnedCode } : {}),
      })),
    )
    const back = returned
      .filter(({ answeredBy }) => !answeredBy)
      .map(({ event, code }) => ({ ...outboxEntry(event), state: 'returned' as const, code }))
    return {
      entries: [...back, ...unsent.filter(({ state }) => state !== 'returned' || back.length === 0)],
      unsentEvents: unsent.length,
      unsentScans: 0,
      unsentBytes: unsent.reduce((sum, { bytes }) => sum + bytes, 0),
      lastAccepted: accepted.map(({ event, at }) => ({
        ...outboxEntry(event),
        state: 'waiting' as const,
        acceptedAt: at,
      })),
    }
  }

  function acceptAll(): void {
    for (const stored of [...dossiers.values()]) {
      if (stored.view.exchange !== 'waiting') continue
      const event = stored.events.at(-1)
      put(stored.events, stored.view.dossier, 'accepted')
      if (event) accepted.unshift({ event, at: now() })
    }
    hint('projection')
    hint('exchange')
  }

  async function finishUpload(uploadId: string): Promise<Result<Scan, Failure<'attachments.finish'>>> {
    const upload = uploads.get(uploadId)
    if (!upload) return err({ code: 'attachment/incomplete' })
    const bytes = new Uint8Array(await new Blob(upload.parts as BlobPart[]).arrayBuffer())
    if (bytes.length === 0) return err({ code: 'attachment/empty' })
    const head = String.fromCharCode(...bytes.subarray(0, 4))
    const mediaType =
      head === '%PDF'
        ? 'application/pdf'
        : head.endsWith('PNG')
          ? 'image/png'
          : bytes[0] === 0xff
            ? 'image/jpeg'
            : undefined
    if (!mediaType) return err({ code: 'attachment/wrong-type' })
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    const sha256 = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    const scan: Scan = { sha256, bytes: bytes.length, mediaType, name: upload.name }
    scans.set(sha256, { scan, bytes })
    return ok(scan)
  }

  const unsentCounts = () => ({ events: outbox().unsentEvents, scans: 0 })
  const signedOut = { code: 'session/signed-out' } as const
  const answers: {
    readonly [C in Channel]: (input: Input<C>) => Result<Output<C>, Failure<C>> | Promise<Result<Output<C>, Failure<C>>>
  } = {
    'desk.status': () => ok(status()),
    'desk.enrol': () => {
      known = true
      return ok(status())
    },
    'desk.re-enrol': () => ok(status()),
    'desk.confirm-clock': () => {
      changes = { ...changes, clockBehind: undefined }
      return ok(status())
    },
    'session.staff': () => ok(staff.filter(({ unitId }) => unitId === 'goi')),
    'session.sign-in': ({ staffId, code }) => {
      if (code !== '123456') return err({ code: 'session/wrong-code', triesLeft: 4 })
      officer = getStaff(staffId)
      return ok(status())
    },
    'session.sign-out': () => {
      officer = undefined
      return ok(status())
    },
    'reference.get': () => ok(publications),
    'store.key': () => (officer ? ok(new Uint8Array(32).fill(7)) : err(signedOut)),
    'store.clear': () => ok({ cleared: false }),
    'projection.changes': ({ after, limit }) => {
      if (!officer) return err(signedOut)
      const newer = [...dossiers.values()]
        .map(({ view }) => view)
        .filter((view) => view.position > after)
        .sort((a, b) => a.position - b.position)
      const page = newer.slice(0, limit)
      return ok({
        journalId: `journal-${desk}-${journal}`,
        changes: page,
        position: page.length < newer.length ? (page.at(-1)?.position ?? after) : Math.max(after, position),
        head: Math.max(after, position),
        remaining: newer.length - page.length,
      })
    },
    'drafts.list': () => (officer ? ok([...drafts.values()]) : err(signedOut)),
    'drafts.save': ({ draftId, content }) => {
      if (!officer) return err(signedOut)
      const savedAt = now()
      drafts.set(draftId, { id: draftId, savedAt, staffId: officer.id, content })
      hint('drafts')
      return ok({ savedAt })
    },
    'drafts.discard': ({ draftId }) => {
      drafts.delete(draftId)
      hint('drafts')
      return ok(null)
    },
    'dossier.execute': executeCall,
    'dossier.timeline': ({ dossierId }) => ok(timeline(dossierId)),
    'attachments.begin': ({ name, bytes }) => {
      if (bytes > 10 * 1024 * 1024) return err({ code: 'attachment/too-large', maxBytes: 10 * 1024 * 1024 })
      const uploadId = nextId()
      uploads.set(uploadId, { name, parts: [] })
      return ok({ uploadId })
    },
    'attachments.part': ({ uploadId, part }) => {
      uploads.get(uploadId)?.parts.push(part)
      return ok(null)
    },
    'attachments.finish': ({ uploadId }) => finishUpload(uploadId),
    'attachments.read': ({ sha256, offset }) => {
      const stored = scans.get(sha256)
      if (!stored) return err({ code: 'attachment/not-here' })
      return ok({ part: stored.bytes.slice(offset, offset + 256 * 1024), bytes: stored.bytes.length })
    },
    'attachments.open': ({ sha256 }) => (scans.has(sha256) ? ok(null) : err({ code: 'attachment/not-here' })),
    'backup.choose-folder': () => ok({ ...status().backup, state: 'done', folder: '/media/usb', lastAt: status().now }),
    'backup.now': () => ok({ ...status().backup, state: 'done', folder: '/media/usb', lastAt: status().now }),
    'restore.choose-backup': () =>
      ok([{ deskId: sampleId(77) as DeskId, deskName: 'Quầy 9', takenAt: status().now, keyId: '00112233aabbccdd' }]),
    'restore.choose-key': () => ok({ keyId: '00112233aabbccdd' }),
    'restore.run': ({ passphrase }) =>
      passphrase === 'sai' || passphrase === undefined
        ? err({ code: passphrase ? 'restore/wrong-passphrase' : 'restore/not-lent' })
        : ok({ takenAt: status().now, unsentEvents: 3, scans: 1, drafts: 2 }),
    'printing.find-printer': () => (officer ? ok({ printer: 'HP 107a' }) : err(signedOut)),
    'printing.print': () => ok({ printer: 'HP 107a' }),
    'printing.save-pdf': () => ok({ saved: true }),
    'printing.preview': () => ok(null),
    'exchange.now': () => {
      if (line === 'online') acceptAll()
      return ok(status().exchange)
    },
    'exchange.outbox': () => (officer ? ok(outbox()) : err(signedOut)),
    'courier.list': () => (officer ? ok(courier) : err(signedOut)),
    'courier.write': () => {
      courier = { ...courier, written: [{ fileId: nextId(), writtenAt: now(), ...unsentCounts() }, ...courier.written] }
      hint('courier')
      return ok({ outcome: 'written', name: 'mot-cua-gui-so-1-2022-08-17-0947.motcua', ...unsentCounts() })
    },
    'courier.read': () => ok(courierRead),
    'courier.save-receipt': () => ok({ saved: true }),
    'courier.discard': ({ fileId }) => {
      courier = { ...courier, carried: courier.carried.filter((file) => file.fileId !== fileId) }
      hint('courier')
      return ok(null)
    },
    'log.report': () => ok(null),
  }

  return {
    bridge: {
      call: async (channel, input) => {
        calls.push({ channel, input })
        const failure = failures.get(channel)
        if (failure !== undefined) {
          failures.delete(channel)
          return err(failure) as never
        }
        return (await answers[channel](input)) as never
      },
      onHint: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    calls,
    hint,
    setNow: (moment) => {
      offsetMs = unixMsOf(moment) - performance.now()
      hint('status')
    },
    setLine: (next) => {
      line = next
      hint('exchange')
    },
    setSending: (next) => {
      sending = next
      hint('exchange')
    },
    signIn: (staffId) => {
      officer = getStaff(staffId)
      hint('status')
    },
    change: (next) => {
      changes = { ...changes, ...next }
      hint('status')
    },
    execute: (staffId, command, at = now()) => {
      const done = run(getStaff(staffId), command, at, nextId() as CommandId)
      if (!done.ok) throw new Error(`${command.type}: ${JSON.stringify(done.error)}`)
      return done.value
    },
    giveBack: (staffId, command, code, at = now()) => {
      const decision = decideAs(getStaff(staffId), command, at, nextId() as CommandId)
      if (!decision.ok) throw new Error(`${command.type}: ${JSON.stringify(decision.error)}`)
      returned.push({ event: decision.value, code })
      const stored = dossiers.get(command.dossierId)
      if (stored) put(stored.events, stored.view.dossier, 'returned', code)
      return decision.value.id
    },
    find: (dossierId, code) => {
      const stored = dossiers.get(dossierId)
      const event = stored?.events.at(-1)
      if (!stored || !event) return
      findings.set(event.id, code)
      put(stored.events, stored.view.dossier, 'accepted')
    },
    mark: (dossierId, exchange, returnedCode) => {
      const stored = dossiers.get(dossierId)
      if (stored) put(stored.events, stored.view.dossier, exchange, returnedCode)
    },
    acceptAll,
    saveDraft: (draftId, content) => {
      const by = officer?.id ?? (fakeOfficer as StaffId)
      drafts.set(draftId as DraftId, { id: draftId as DraftId, savedAt: now(), staffId: by, content })
      hint('drafts')
    },
    failNext: (channel, failure) => {
      failures.set(channel, failure)
    },
    setCourier: (view, read = { outcome: 'cancelled' }) => {
      courier = view
      courierRead = read
      hint('courier')
    },
    newJournal: () => {
      journal += 1
      hint('projection')
    },
    views: () => [...dossiers.values()].map(({ view }) => view),
  }
}

function getStaff(id: string): StaffMember {
  const member = staff.find((one) => one.id === id)
  if (!member) throw new Error(`no officer ${id}`)
  return member
}
