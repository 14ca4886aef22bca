import { dateOf, type Instant } from '../../core/time.ts'
import type { Dossier } from '../../domain/dossier.ts'
import type { Procedure } from '../procedure.ts'
import type { Unit } from '../unit.ts'
import { type PaperApplicant, paperApplicantOf } from './paper-applicant.ts'
import { type PaperHeader, paperHeaderOf } from './paper-header.ts'
import { type PaperSetVersion, paperSetOn } from './paper-set.ts'
import { deskInWords } from './paper-words.ts'

/** What a refusal states (Mẫu số 03: phiếu từ chối tiếp nhận giải quyết hồ sơ). It has no dossier number: none was taken. */
export interface RefusalPaper {
  readonly version: PaperSetVersion
  readonly dossierId: string
  readonly header: PaperHeader
  /** The desk in running text. */
  readonly deskInWords: string
  readonly applicant: PaperApplicant
  readonly procedureName: string
  readonly reason: string
  readonly refusedAt: Instant
  readonly staffName: string
  readonly reprintedAt?: Instant
}

/** The refusal of a dossier whose intake was refused; undefined for any other. */
export function refusalPaperOf(
  dossier: Dossier,
  unit: Unit,
  procedure: Procedure,
  staffName: string,
  reprintedAt?: Instant,
): RefusalPaper | undefined {
  if (dossier.state.status !== 'refused') return undefined
  const { refusedAt, reason } = dossier.state
  return {
    version: paperSetOn(dateOf(refusedAt)).version,
    dossierId: dossier.id,
    header: paperHeaderOf(unit, refusedAt),
    deskInWords: deskInWords(unit),
    applicant: paperApplicantOf(dossier.applicant),
    procedureName: procedure.name,
    reason,
    refusedAt,
    staffName,
    reprintedAt,
  }
}
