import type { CommandId, DeskId, DossierId, EventId, StaffId, UnitId } from '../../shared/core/ids.ts'
import { uuidV7 } from '../../shared/core/ids.ts'
import type { EventType, StoredEvent } from '../../shared/domain/event.ts'

export const sampleUnitId = 'goi' as UnitId
export const sampleStaffId = 'goi.hanh' as StaffId
export const sampleDeskId = '018f0000-0000-7000-8000-0000000000aa' as DeskId

/** Ids that differ and repeat: the same number gives the same id in every run. */
export function sampleId(number: number): string {
  const bytes = new Uint8Array(10)
  new DataView(bytes.buffer).setUint32(2, number)
  return uuidV7(Date.parse('2022-08-17T01:00:00.000Z') + number, bytes)
}

export function sampleEvent(
  number: number,
  dossierNumber: number,
  seq: number,
  type: EventType = 'note-added',
  body: Readonly<Record<string, unknown>> = { text: `Ghi chú số ${number}` },
): StoredEvent {
  return {
    id: sampleId(number) as EventId,
    dossierId: sampleId(1_000_000 + dossierNumber) as DossierId,
    unitId: sampleUnitId,
    seq,
    deskId: sampleDeskId,
    staffId: sampleStaffId,
    commandId: sampleId(2_000_000 + number) as CommandId,
    at: new Date(Date.parse('2022-08-17T01:00:00.000Z') + number * 1000).toISOString(),
    law: { catalogue: 1, calendar: 1 },
    type,
    body: { ...body },
  }
}

export function sampleReception(
  number: number,
  dossierNumber: number,
  ordinal: number,
  name = 'Nguyễn Văn Thử',
): StoredEvent {
  return sampleEvent(number, dossierNumber, 1, 'dossier-received', {
    number: { text: `000.00.18.H40-220817-${String(ordinal).padStart(4, '0')}`, on: '2022-08-17', lane: 1, ordinal },
    procedure: { code: '2.000815', version: 1 },
    channel: 'direct',
    applicant: { kind: 'person', name, phone: '0912345678' },
    declaration: { documentKind: 'Bằng tốt nghiệp', pages: '2', copies: '3' },
    documents: [
      { documentId: 'd1', name: 'Bản chính giấy tờ', state: 'presented', originals: 1, copies: 0, scans: [] },
    ],
    fee: { amountVnd: 12000 },
    due: { dueAt: '2022-08-17T10:00:00.000Z', verified: true },
    delivery: 'counter',
  })
}
