import type { CommandId, DraftId } from '../../shared/core/ids.ts'
import { err, ok, type Result } from '../../shared/core/result.ts'
import type { Command } from '../../shared/domain/command.ts'
import { decide, type Refusal } from '../../shared/domain/decide.ts'
import type { DossierEvent, StoredEvent } from '../../shared/domain/event.ts'
import { foldDossier } from '../../shared/domain/fold.ts'
import type { AttachmentFailure, Executed, SignedOut, StoreFailure } from '../../shared/ipc/contract.ts'
import { maxEventText, sizeOf } from '../../shared/wire/event-text.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import { findStoreFailure } from '../disk/store-failure.ts'
import type { DraftStore } from '../drafts/draft-store.ts'
import { chainEvent } from '../journal/chain.ts'
import type { Session } from '../session/session.ts'
import { type DecidingDesk, findDecisionContext } from './decision-context.ts'

export type ExecuteFailure = Refusal | SignedOut | StoreFailure | AttachmentFailure

export interface ExecuteInput {
  readonly commandId: CommandId
  readonly command: Command
  readonly draftId?: DraftId | undefined
}

export interface CommandHandler {
  readonly execute: (input: ExecuteInput) => Promise<Result<Executed, ExecuteFailure>>
}

export interface CommandDeps {
  readonly desk: () => DecidingDesk | undefined
  readonly session: Session
  readonly attachments: AttachmentStore
  readonly drafts: DraftStore
  /** Commands and rebases take turns: each decides on what the one before it wrote. */
  readonly turn: <T>(task: () => Promise<T>) => Promise<T>
}

/**
 * ```
 * command ─► history ─► fold ─► decide ─► append (fsync) ─► answer
 * ```
 * 1. One at a time, in the order they came.
 * 2. The same command id again answers what it answered the first time: a retry never makes a second event.
 * 3. Every scan the event names is on the disk before the event is.
 * 4. The draft goes only after the event is durable.
 * 5. An answer to returned work names it, and so settles it with the same write.
 */
export function createCommandHandler(deps: CommandDeps): CommandHandler {
  return { execute: (input) => deps.turn(() => execute(deps, input)) }
}

async function execute(deps: CommandDeps, input: ExecuteInput): Promise<Result<Executed, ExecuteFailure>> {
  const desk = deps.desk()
  const staff = deps.session.staff()
  if (!desk || !staff) return err({ code: 'session/signed-out' })
  const { journal } = desk
  const earlier = journal.index.events.get(journal.index.commands.get(input.commandId) ?? '')
  if (earlier) {
    await dropDraft(deps, input)
    return ok(answerOf(await journal.eventOf(earlier)))
  }
  // What a retired desk wrote would reach nobody.
  if (desk.identity.retired) return err({ code: 'desk/retired' })
  const untrue = findUntrueReference(desk, input.command)
  if (untrue) return err(untrue)
  const missing = await findMissingScan(deps.attachments, input.command)
  if (missing) return err({ code: 'attachment/not-here' })
  const context = findDecisionContext(desk, { commandId: input.commandId, staff: { id: staff.id, role: staff.role } })
  if (!context) return err({ code: 'desk/not-whole' })
  const dossier = foldDossier(await journal.history(input.command.dossierId))
  const decision = decide(dossier, input.command, context)
  if (!decision.ok) return decision
  const own = chainEvent(journal.index.chain, decision.value)
  if (sizeOf(own.text) > maxEventText) return err({ code: 'dossier/too-large' })
  try {
    await journal.append([{ own: [own] }])
  } catch (cause) {
    const failure = findStoreFailure(cause)
    if (failure) return err(failure)
    throw cause
  }
  await dropDraft(deps, input)
  return ok(answerOf(decision.value))
}

/** An answer to returned work, or to a finding, must be about one that is still open here. */
function findUntrueReference({ journal }: DecidingDesk, command: Command): Refusal | undefined {
  const { index } = journal
  if (command.type === 'close-finding') {
    const entry = index.events.get(command.findingOf)
    const found = entry?.dossierId === command.dossierId && entry.findings.length > 0
    return found ? undefined : { code: 'finding/not-found' }
  }
  const resolves =
    command.type === 'correct-dossier' || command.type === 'withdraw-returned' ? command.resolves : undefined
  if (resolves === undefined) return undefined
  return index.refused.get(resolves)?.dossierId === command.dossierId ? undefined : { code: 'returned/settled' }
}

/** The event is safe; a draft that could not be removed is only seen once more. */
async function dropDraft(deps: CommandDeps, { draftId }: ExecuteInput): Promise<void> {
  if (draftId) await deps.drafts.discard(draftId).catch(() => undefined)
}

function answerOf(event: StoredEvent | DossierEvent): Executed {
  const received =
    event.type === 'dossier-received' ? (event as Extract<DossierEvent, { type: 'dossier-received' }>) : undefined
  return {
    dossierId: event.dossierId,
    eventId: event.id,
    ...(received ? { number: received.body.number, dueAt: received.body.due.dueAt } : {}),
  }
}

async function findMissingScan(attachments: AttachmentStore, command: Command): Promise<boolean> {
  if (command.type !== 'receive-dossier') return false
  for (const scan of command.documents.flatMap((document) => document.scans)) {
    if (!(await attachments.has(scan.sha256))) return true
  }
  return false
}
