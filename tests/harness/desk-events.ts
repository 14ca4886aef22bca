import { randomBytes } from 'node:crypto'
import { type CommandId, type DossierId, type EventId, type StaffId, uuidV7 } from '../../shared/core/ids.ts'
import { ok } from '../../shared/core/result.ts'
import { dateOf } from '../../shared/core/time.ts'
import { decide } from '../../shared/domain/decide.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import { findProcedure } from '../../shared/law/procedure.ts'
import type { Role } from '../../shared/law/staff.ts'
import type { DeskClient } from './desk-client.ts'
import { receiveCommand } from './sample-commands.ts'

export const newId = () => uuidV7(Date.now(), randomBytes(10))

function staffOf(desk: DeskClient, role: Role): string {
  const member = desk.enrolment.publications.staff.staff.find((each) => each.role === role)
  if (!member) throw new Error(`${desk.unitId} has no ${role}`)
  return member.id
}

/** An event laid out by hand: the district must judge whatever a desk sends. */
export function eventText(desk: DeskClient, event: Partial<Record<keyof StoredEvent, unknown>>): string {
  return JSON.stringify({
    id: newId(),
    dossierId: newId(),
    unitId: desk.unitId,
    seq: 1,
    deskId: desk.deskId,
    staffId: staffOf(desk, 'reception'),
    commandId: newId(),
    at: desk.now(),
    law: { catalogue: 1, calendar: 1 },
    ...event,
  })
}

export interface ReceptionOptions {
  readonly dossierId?: string
  readonly ordinal?: number
  readonly name?: string
}

/** A certified copy received by the desk's own rules: the district has nothing to find. */
export function receivedText(desk: DeskClient, options: ReceptionOptions = {}): string {
  const { catalogue, calendar } = desk.enrolment.publications
  const at = desk.now()
  const on = dateOf(at)
  const procedure = findProcedure(catalogue, '2.000815', on)
  if (!procedure) throw new Error('no certified copies in the catalogue')
  const { lane, unit } = desk.enrolment
  const ordinal = options.ordinal ?? lane.first
  const text = `${unit.agencyCode}-${on.slice(2).replaceAll('-', '')}-${String(ordinal).padStart(4, '0')}`
  const decided = decide(
    undefined,
    receiveCommand(procedure, options.dossierId ?? newId(), {
      applicant: { kind: 'person', name: options.name ?? 'Nguyễn Thị Ánh', personalId: '036185001234' },
    }),
    {
      at,
      eventId: newId() as EventId,
      commandId: newId() as CommandId,
      unitId: desk.unitId,
      deskId: desk.deskId,
      staff: { id: staffOf(desk, 'reception') as StaffId, role: 'reception' },
      law: {
        catalogueVersion: catalogue.version,
        calendar,
        findProcedure: (code) => findProcedure(catalogue, code, on),
      },
      takeNumber: () => ok({ text, on, lane: lane.id, ordinal }),
    },
  )
  if (!decided.ok) throw new Error(`the sample reception was refused: ${decided.error.code}`)
  return JSON.stringify(decided.value)
}

export function noteText(desk: DeskClient, dossierId: string, seq: number, text = 'Đã gọi cho người nộp'): string {
  return eventText(desk, { dossierId: dossierId as DossierId, seq, type: 'note-added', body: { text } })
}

export function startedText(desk: DeskClient, dossierId: string, seq: number): string {
  return eventText(desk, { dossierId, seq, staffId: staffOf(desk, 'specialist'), type: 'processing-started', body: {} })
}

export function handedOverText(desk: DeskClient, dossierId: string, seq: number): string {
  const body = { recipient: { name: 'Trần Văn Bé' }, method: 'counter' }
  return eventText(desk, { dossierId, seq, type: 'deliverable-handed-over', body })
}

export function finishedText(
  desk: DeskClient,
  dossierId: string,
  seq: number,
  more: Partial<Record<keyof StoredEvent, unknown>> = {},
): string {
  const body = { deliverable: { name: 'Bản sao chứng thực', number: '48' } }
  return eventText(desk, {
    dossierId,
    seq,
    staffId: staffOf(desk, 'specialist'),
    type: 'dossier-finished',
    body,
    ...more,
  })
}
