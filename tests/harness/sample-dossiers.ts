import type { DossierId, StaffId, UnitId } from '../../shared/core/ids.ts'
import type { Dossier, Reception } from '../../shared/domain/dossier.ts'
import type { DocumentState, SubmittedDocument } from '../../shared/domain/submitted-document.ts'
import catalogueJson from '../../shared/law/data/catalogue.json' with { type: 'json' }
import units2022Json from '../../shared/law/data/units-vu-ban-2022.json' with { type: 'json' }
import units2025Json from '../../shared/law/data/units-vu-ban-2025.json' with { type: 'json' }
import { catalogueSchema, findProcedure, type Procedure } from '../../shared/law/procedure.ts'
import { type Unit, unitDirectorySchema } from '../../shared/law/unit.ts'

/** Dossiers of the first morning, on the real catalogue, for whatever has to print or show one. People are made up. */
const catalogue = catalogueSchema.parse(catalogueJson)
const units = [...unitDirectorySchema.parse(units2022Json).units, ...unitDirectorySchema.parse(units2025Json).units]

export function sampleUnit(id: string, phone?: string): Unit {
  const unit = units.find((candidate) => candidate.id === id)
  if (!unit) throw new Error(`no unit ${id}`)
  return { ...unit, phone }
}

export function sampleProcedure(code: string, on = '2022-08-17'): Procedure {
  const procedure = findProcedure(catalogue, code, on)
  if (!procedure) throw new Error(`no procedure ${code} on ${on}`)
  return procedure
}

export function sampleDocument(
  name: string,
  state: DocumentState,
  counts: { readonly originals?: number; readonly copies?: number; readonly note?: string } = {},
): SubmittedDocument {
  const { originals = 0, copies = 0, note } = counts
  return { documentId: 'sample', name, state, originals, copies, note, scans: [] }
}

/** A birth registered at thị trấn Gôi on Wednesday 17/08/2022 at 08:05. */
export const birthReception: Reception = {
  number: { text: '000.01.18.H40-220817-0048', on: '2022-08-17', lane: 1, ordinal: 48 },
  at: '2022-08-17T01:05:00.000Z',
  staffId: 'staff' as StaffId,
  channel: 'direct',
  declaration: { 'child.name': 'Trần Minh Khôi', 'mother.name': 'Vũ Thị Thảo', 'copies.count': '2' },
  documents: [
    sampleDocument('Tờ khai đăng ký khai sinh', 'original', { originals: 1 }),
    sampleDocument('Giấy chứng sinh', 'original', { originals: 1, copies: 2 }),
    sampleDocument('Giấy tờ tùy thân của người yêu cầu', 'presented'),
    sampleDocument('Giấy chứng nhận kết hôn của cha, mẹ', 'looked-up'),
    sampleDocument('Văn bản xác nhận của cơ sở y tế về mang thai hộ', 'not-needed'),
  ],
  fee: { amountVnd: 16_000 },
  due: { dueAt: '2022-08-17T10:00:00.000Z', verified: true },
  delivery: 'counter',
}

export const birthApplicant: Dossier['applicant'] = {
  kind: 'person',
  name: 'Vũ Thị Thảo',
  personalId: '036190012345',
  address: 'Tổ dân phố Tây Côi Sơn, thị trấn Gôi, huyện Vụ Bản, tỉnh Nam Định',
  phone: '0912 345 678',
}

export function receivedDossier(
  reception: Partial<Reception> = {},
  applicant: Dossier['applicant'] = birthApplicant,
): Dossier {
  return {
    id: '01829f3a-1111-7000-8000-00000000c0de' as DossierId,
    unitId: 'goi' as UnitId,
    seq: 1,
    procedure: { code: '1.001193', version: 1 },
    applicant,
    state: { status: 'received', reception: { ...birthReception, ...reception } },
    notes: [],
    lastEventAt: reception.at ?? birthReception.at,
    newerEvents: 0,
  }
}

export function refusedDossier(reason: string, refusedAt = '2022-08-17T02:10:00.000Z'): Dossier {
  return { ...receivedDossier(), state: { status: 'refused', refusedAt, staffId: 'goi.hanh' as StaffId, reason } }
}

/** More papers than one sheet of A5 holds, every field filled. */
export const crowdedReception: Partial<Reception> = {
  delegate: {
    name: 'Nguyễn Thị Khánh Huyền',
    personalId: '036190012399',
    phone: '0987 654 321',
    authority: 'Giấy ủy quyền ngày 10/08/2022',
  },
  documents: Array.from({ length: 24 }, (_, index) =>
    sampleDocument(
      `Giấy tờ thứ ${index + 1}: văn bản xác nhận của cơ sở y tế đã thực hiện kỹ thuật hỗ trợ sinh sản cho việc mang thai hộ`,
      index % 2 === 0 ? 'original' : 'copy',
      { originals: 1, copies: index % 3, note: index === 2 ? 'đã đối chiếu' : undefined },
    ),
  ),
  delivery: 'postal',
}

/** Certified copies at xã Vụ Bản of today, after the papers changed. */
export const certifiedReception: Partial<Reception> = {
  number: { text: 'H42.101-251020-0092', on: '2025-10-20', lane: 1, ordinal: 92 },
  at: '2025-10-20T08:30:00.000Z',
  declaration: {
    'certified.document': 'Bằng tốt nghiệp trung học phổ thông',
    'certified.pages': '12',
    'certified.copies': '3',
    'certified.electronic': 'yes',
  },
  documents: [sampleDocument('Bản chính giấy tờ, văn bản', 'presented', { originals: 1 })],
  fee: { amountVnd: 42_000 },
  due: { dueAt: '2025-10-21T10:00:00.000Z', verified: true },
}

export const certifiedApplicant: Dossier['applicant'] = {
  kind: 'organisation',
  name: 'Công ty TNHH Một thành viên Cơ khí Gôi',
  taxCode: '0600123456',
  representative: 'Phạm Văn Quyết',
  address: 'Xã Vụ Bản, tỉnh Ninh Bình',
}
