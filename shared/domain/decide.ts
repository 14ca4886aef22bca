import { assertNever } from '../core/assert.ts'
import type { CommandId, DeskId, DossierId, EventId, StaffId, UnitId } from '../core/ids.ts'
import { err, ok, type Result } from '../core/result.ts'
import type { Instant } from '../core/time.ts'
import type { WorkingCalendar } from '../law/calendar.ts'
import type { FieldProblem } from '../law/declaration-schema.ts'
import type { Procedure } from '../law/procedure.ts'
import type { Role } from '../law/staff.ts'
import type { Command, CommandType } from './command.ts'
import { decideCorrection } from './decide-correction.ts'
import { decideReception } from './decide-reception.ts'
import type { Dossier, DossierStatus } from './dossier.ts'
import type { DossierEvent, EventBody, EventType, StoredEvent } from './event.ts'
import type { FeeError } from './fee.ts'
import type { DossierNumber, NumberingError } from './numbering.ts'
import { isPermitted, isPossible } from './permissions.ts'

/** The world as an argument: everything a decision may depend on besides the dossier and the command. */
export interface DecisionContext {
  readonly at: Instant
  /** When it happened on paper, for acts keyed in after an outage of the desk itself. */
  readonly effectiveAt?: Instant
  readonly eventId: EventId
  readonly commandId: CommandId
  readonly unitId: UnitId
  readonly deskId: DeskId
  readonly staff: { readonly id: StaffId; readonly role: Role }
  readonly law: {
    readonly catalogueVersion: number
    readonly calendar: WorkingCalendar
    /** The version in force at the moment, or the one a dossier was received under. */
    readonly findProcedure: (code: string, version?: number) => Procedure | undefined
  }
  /** The next number of the desk's lane, or why there is none. Looked at only when a number is needed. */
  readonly takeNumber: () => Result<DossierNumber, NumberingError | DeskNotReady>
  readonly rebasedFrom?: EventId
  readonly rebasedBefore?: readonly EventId[]
}

/** Why a desk may not print a number now. */
export type DeskNotReady =
  | { readonly code: 'desk/clock-behind'; readonly lastEntryAt: Instant }
  | { readonly code: 'desk/not-whole' }
  /** The district takes nothing from this desk any more. */
  | { readonly code: 'desk/retired' }
  /** The clock stands so far from the right time that the number would take another day's place. */
  | { readonly code: 'desk/clock-differs'; readonly rightNow: Instant }
  /** So long after the last sign of life that the clock may be wrong, and nobody has told the right time yet. */
  | { readonly code: 'desk/clock-ahead'; readonly lastKnownAt: Instant }

/** A refusal is an answer: what the officer reads, by code. */
export type Refusal =
  | { readonly code: 'staff/not-permitted'; readonly command: CommandType; readonly role: Role }
  | { readonly code: 'dossier/not-found'; readonly dossierId: DossierId }
  | { readonly code: 'dossier/already-exists'; readonly dossierId: DossierId }
  | { readonly code: 'dossier/wrong-status'; readonly status: DossierStatus; readonly command: CommandType }
  | { readonly code: 'dossier/made-by-newer-version' }
  | { readonly code: 'dossier/documents-missing'; readonly documentIds: readonly string[] }
  | { readonly code: 'dossier/declaration-incomplete'; readonly problems: readonly FieldProblem[] }
  | { readonly code: 'dossier/applicant-incomplete'; readonly problems: readonly FieldProblem[] }
  | { readonly code: 'procedure/unknown'; readonly procedureCode: string }
  /** The whole of it would not travel as one event. */
  | { readonly code: 'dossier/too-large' }
  | { readonly code: 'correction/unknown-field'; readonly field: string }
  | { readonly code: 'correction/unfit-value'; readonly field: string }
  | { readonly code: 'correction/nothing-changed' }
  /** Somebody gave these fields another value since: the officer chooses. */
  | { readonly code: 'correction/changed-meanwhile'; readonly fields: readonly string[] }
  /** The returned work was answered already, or decided again. */
  | { readonly code: 'returned/settled' }
  | { readonly code: 'finding/not-found' }
  | { readonly code: 'due/must-be-entered' }
  | { readonly code: 'due/before-receipt' }
  | FeeError
  | NumberingError
  | DeskNotReady

/**
 * ```
 * dossier (fold of its events) ─┐
 * command ──────────────────────┼─ decide ─► one event, or a coded refusal
 * context (moment, staff, law) ─┘
 * ```
 * 1. Pure and total: the same arguments give the same answer, on desk and district.
 * 2. One command makes one event; its `seq` is the dossier's count plus one.
 * 3. The district runs it again with the context rebuilt from the event (`admission.ts`).
 */
export function decide(
  dossier: Dossier | undefined,
  command: Command,
  context: DecisionContext,
): Result<DossierEvent, Refusal> {
  const refusal = refusalFor(dossier, command, context.staff.role)
  if (refusal) return err(refusal)
  switch (command.type) {
    case 'receive-dossier': {
      const body = decideReception(command, context)
      return body.ok ? ok(eventOf('dossier-received', body.value, dossier, command, context)) : body
    }
    case 'refuse-intake': {
      const procedure = context.law.findProcedure(command.procedureCode)
      if (!procedure) return err({ code: 'procedure/unknown', procedureCode: command.procedureCode })
      const body = {
        procedure: { code: procedure.code, version: procedure.version },
        applicant: command.applicant,
        reason: command.reason,
      }
      return ok(eventOf('intake-refused', body, dossier, command, context))
    }
    case 'start-processing':
      return ok(eventOf('processing-started', optional({ note: command.note }), dossier, command, context))
    case 'finish-dossier': {
      const body = { deliverable: command.deliverable, ...optional({ note: command.note }) }
      return ok(eventOf('dossier-finished', body, dossier, command, context))
    }
    case 'hand-over': {
      const body = { recipient: command.recipient, method: command.method, ...optional({ note: command.note }) }
      return ok(eventOf('deliverable-handed-over', body, dossier, command, context))
    }
    case 'add-note':
      return ok(eventOf('note-added', { text: command.text }, dossier, command, context))
    case 'correct-dossier': {
      if (!dossier) return err({ code: 'dossier/not-found', dossierId: command.dossierId })
      const body = decideCorrection(dossier, command, context)
      return body.ok ? ok(eventOf('dossier-corrected', body.value, dossier, command, context)) : body
    }
    case 'withdraw-returned': {
      const { resolves, returnedType, note } = command
      return ok(
        eventOf('returned-withdrawn', { resolves, returnedType, ...optional({ note }) }, dossier, command, context),
      )
    }
    case 'close-finding': {
      const { findingOf, note } = command
      return ok(eventOf('finding-closed', { findingOf, note }, dossier, command, context))
    }
    default:
      return assertNever(command)
  }
}

/** Role and status alone: what a screen asks before it offers a button. */
export function refusalFor(
  dossier: Dossier | undefined,
  command: Pick<Command, 'type' | 'dossierId'>,
  role: Role,
): Refusal | undefined {
  if (!isPermitted(role, command.type)) return { code: 'staff/not-permitted', command: command.type, role }
  const opens = isPossible('none', command.type)
  if (!dossier) return opens ? undefined : { code: 'dossier/not-found', dossierId: command.dossierId }
  if (opens) return { code: 'dossier/already-exists', dossierId: command.dossierId }
  if (dossier.newerEvents > 0) return { code: 'dossier/made-by-newer-version' }
  const { status } = dossier.state
  if (!isPossible(status, command.type)) return { code: 'dossier/wrong-status', status, command: command.type }
  return undefined
}

function eventOf<T extends EventType>(
  type: T,
  body: EventBody<T>,
  dossier: Dossier | undefined,
  command: Command,
  context: DecisionContext,
): DossierEvent {
  const head: Omit<StoredEvent, 'type' | 'body'> = {
    id: context.eventId,
    dossierId: command.dossierId,
    unitId: context.unitId,
    seq: (dossier?.seq ?? 0) + 1,
    deskId: context.deskId,
    staffId: context.staff.id,
    commandId: context.commandId,
    at: context.at,
    ...optional({
      effectiveAt: context.effectiveAt,
      rebasedFrom: context.rebasedFrom,
      rebasedBefore: context.rebasedBefore && [...context.rebasedBefore],
    }),
    law: { catalogue: context.law.catalogueVersion, calendar: context.law.calendar.version },
  }
  return { ...head, type, body } as DossierEvent
}

/** Drops absent keys, so that the stored text of an event has no empty places. */
function optional<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>
}
