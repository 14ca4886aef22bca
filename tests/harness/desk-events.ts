import { randomBytes } from 'node:crypto'
import { uuidV7 } from '../../shared/core/ids.ts'
import { dateOf } from '../../shared/core/time.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import type { DeskClient } from './desk-client.ts'

export const newId = () => uuidV7(Date.now(), randomBytes(10))

const staff = { reception: 'hanh', specialist: 'binh' } as const

/** An event of a desk, laid out by hand: the district must judge whatever comes. */
export function eventText(desk: DeskClient, event: Partial<Record<keyof StoredEvent, unknown>>): string {
  const at = desk.now()
  return JSON.stringify({
    id: newId(),
    dossierId: newId(),
    unitId: desk.unitId,
    seq: 1,
    deskId: desk.deskId,
    staffId: `${desk.unitId}.${staff.reception}`,
    commandId: newId(),
    at,
    law: { catalogue: 1, calendar: 1 },
    ...event,
  })
}

/** A reception of a marital-status certificate (or another procedure), as the desk's own rules would make it. */
export function receivedText(
  desk: DeskClient,
  options: {
    readonly dossierId?: string
    readonly ordinal?: number
    readonly id?: string
    readonly name?: string
  } = {},
): string {
  const on = dateOf(desk.now())
  const ordinal = options.ordinal ?? desk.enrolment.lane.first
  const procedure = desk.enrolment.publications.catalogue.procedures[0]
  if (!procedure) throw new Error('the catalogue is empty')
  return eventText(desk, {
    ...(options.dossierId ? { dossierId: options.dossierId } : {}),
    ...(options.id ? { id: options.id } : {}),
    type: 'dossier-received',
    body: {
      number: {
        text: `${desk.enrolment.unit.agencyCode}-${on.slice(2).replaceAll('-', '')}-${String(ordinal).padStart(4, '0')}`,
        on,
        lane: desk.enrolment.lane.id,
        ordinal,
      },
      procedure: { code: procedure.code, version: procedure.version },
      channel: 'direct',
      applicant: {
        kind: 'person',
        name: options.name ?? 'Nguyễn Thị Ánh',
        personalId: '036185001234',
        address: 'Tổ dân phố 3',
      },
      declaration: {},
      documents: [],
      fee: { amountVnd: 0, entered: false },
      due: { dueAt: desk.now(), verified: true },
      delivery: 'counter',
    },
  })
}

export function noteText(desk: DeskClient, dossierId: string, seq: number, text = 'Đã gọi điện cho người nộp'): string {
  return eventText(desk, { dossierId, seq, type: 'note-added', body: { text } })
}

export function startedText(
  desk: DeskClient,
  dossierId: string,
  seq: number,
  staffId = `${desk.unitId}.${staff.specialist}`,
): string {
  return eventText(desk, { dossierId, seq, staffId, type: 'processing-started', body: {} })
}
