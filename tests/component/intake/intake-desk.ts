import { createHash, randomUUID } from 'node:crypto'
import { dateOf, instantAt } from '../../../shared/core/time.ts'
import type { Command } from '../../../shared/domain/command.ts'
import { decide } from '../../../shared/domain/decide.ts'
import { nextNumber } from '../../../shared/domain/numbering.ts'
import type { DeskBridge } from '../../../shared/ipc/bridge.ts'
import { type Channel, deskContract, type HintTopic } from '../../../shared/ipc/contract.ts'
import type { DeskStatus, DraftView } from '../../../shared/ipc/view.ts'
import units from '../../../shared/law/data/units-vu-ban-2022.json' with { type: 'json' }
import { findProcedure } from '../../../shared/law/procedure.ts'
import { unitDirectorySchema } from '../../../shared/law/unit.ts'
import { calendar, catalogue } from '../../harness/catalogue.ts'

export const receivedAt = instantAt('2022-08-17', '09:47')
const lane = { id: 1, first: 1, last: 499, validUntil: '2030-12-31' }
const unitDirectory = unitDirectorySchema.parse(units)
export const goi = unitDirectory.units.find(({ name }) => name === 'Thị trấn Gôi')

export interface Executed {
  readonly commandId: string
  readonly command: Command
  readonly draftId?: string
}

type Answer = { readonly ok: boolean; readonly value?: unknown; readonly error?: unknown }

/** Main as the intake sees it: it really decides, keeps drafts and scans in memory, and can be told to fail. */
export class IntakeDesk implements DeskBridge {
  readonly drafts = new Map<string, DraftView>()
  readonly executed: Executed[] = []
  readonly printed: { dossierId: string; reprint: boolean }[] = []
  readonly saves: number[] = []
  /** Answers to give instead of working, by channel; each is used once. */
  readonly failures = new Map<Channel, unknown[]>()
  now = receivedAt
  private readonly listeners = new Set<(topic: HintTopic) => void>()
  private readonly uploads = new Map<string, { name: string; parts: Uint8Array[] }>()
  private readonly numbers = new Map<string, string>()

  fail(channel: Channel, ...errors: unknown[]): void {
    this.failures.set(channel, errors)
  }

  hint(topic: HintTopic): void {
    for (const listener of this.listeners) listener(topic)
  }

  onHint = (listener: (topic: HintTopic) => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  call = (async (channel: Channel, raw: unknown): Promise<Answer> => {
    const error = this.failures.get(channel)?.shift()
    if (error !== undefined) return { ok: false, error }
    const input = deskContract[channel].input.safeParse(raw)
    if (!input.success)
      return { ok: false, error: { code: 'ipc/bad-input', detail: JSON.stringify(input.error.issues) } }
    return this.answer(channel, input.data)
  }) as DeskBridge['call']

  private answer(channel: Channel, input: unknown): Answer {
    switch (channel) {
      case 'drafts.list':
        return { ok: true, value: [...this.drafts.values()] }
      case 'drafts.save': {
        const { draftId, content } = input as { draftId: string; content: DraftView['content'] }
        this.saves.push(Date.now())
        this.drafts.set(draftId, { id: draftId, savedAt: this.now, staffId: 'hanh', content } as DraftView)
        return { ok: true, value: { savedAt: this.now } }
      }
      case 'drafts.discard':
        this.drafts.delete((input as { draftId: string }).draftId)
        return { ok: true, value: null }
      case 'dossier.execute':
        return this.execute(input as Executed)
      case 'printing.print':
        this.printed.push(input as { dossierId: string; reprint: boolean })
        return { ok: true, value: { printer: 'HP 107a' } }
      case 'printing.save-pdf':
        return { ok: true, value: { saved: true } }
      case 'attachments.begin': {
        const uploadId = randomUUID()
        this.uploads.set(uploadId, { name: (input as { name: string }).name, parts: [] })
        return { ok: true, value: { uploadId } }
      }
      case 'attachments.part': {
        const { uploadId, part } = input as { uploadId: string; part: Uint8Array }
        this.uploads.get(uploadId)?.parts.push(part)
        return { ok: true, value: null }
      }
      case 'attachments.finish':
        return { ok: true, value: this.finish((input as { uploadId: string }).uploadId) }
      default:
        return { ok: true, value: null }
    }
  }

  private finish(uploadId: string): unknown {
    const upload = this.uploads.get(uploadId)
    const bytes = Buffer.concat(upload?.parts ?? [])
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const mediaType = bytes[0] === 0x25 ? 'application/pdf' : bytes[0] === 0xff ? 'image/jpeg' : 'image/png'
    return { sha256, bytes: bytes.byteLength, mediaType, name: upload?.name }
  }

  private execute(input: Executed): Answer {
    this.executed.push(input)
    const { command } = input
    const known = this.numbers.get(input.commandId)
    const decision = decide(undefined, command, {
      at: this.now,
      eventId: randomUUID() as never,
      commandId: input.commandId as never,
      unitId: (goi?.id ?? 'goi') as never,
      deskId: randomUUID() as never,
      staff: { id: 'hanh' as never, role: 'reception' },
      law: {
        catalogueVersion: catalogue.version,
        calendar,
        findProcedure: (code) => findProcedure(catalogue, code, dateOf(this.now)),
      },
      takeNumber: () => nextNumber(lane, 'H40.18', dateOf(this.now), this.numbers.size),
    })
    if (!decision.ok) return decision
    const body = decision.value.type === 'dossier-received' ? decision.value.body : undefined
    if (body && !known) this.numbers.set(input.commandId, body.number.text)
    if (input.draftId) this.drafts.delete(input.draftId)
    const { dossierId } = command
    return {
      ok: true,
      value: { dossierId, eventId: decision.value.id, ...(body ? { number: body.number, dueAt: body.due.dueAt } : {}) },
    }
  }
}

export const deskStatus = {
  now: receivedAt,
  demoClock: true,
  enrolled: true,
  unit: goi,
  upperTierLabel: 'huyện',
  laneEndsSoon: false,
  vault: 'trial',
  publications: { catalogue: 1, calendar: 1, units: 1, staff: 1 },
  exchange: { line: 'offline', unsentEvents: 0, unsentScans: 0 },
  journal: { state: 'whole', healedEntries: 0, cutBytes: 0 },
  appVersion: '0.1.0',
} as unknown as DeskStatus
