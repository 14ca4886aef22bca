import { dateOf, type Instant } from '../../core/time.ts'
import type { Delegate } from '../../domain/applicant.ts'
import { type Dossier, type Reception, receptionOf } from '../../domain/dossier.ts'
import { feeFor } from '../../domain/fee.ts'
import { shortNumber } from '../../domain/numbering.ts'
import type { Procedure } from '../procedure.ts'
import type { Unit } from '../unit.ts'
import { certificationFacts, type DeclaredFact, findSubject } from './declared-facts.ts'
import { type FeeReckoning, feeReckoning } from './fee-reckoning.ts'
import { type PaperApplicant, paperApplicantOf } from './paper-applicant.ts'
import { type PaperDocument, paperDocuments } from './paper-documents.ts'
import { type PaperHeader, paperHeaderOf } from './paper-header.ts'
import { type PaperSetVersion, paperSetOn } from './paper-set.ts'
import { deskInWords } from './paper-words.ts'
import { processingInWords } from './processing-words.ts'

/** Liên: one for the applicant, one for the file. */
export const receiptCopies = 2

/** What a receipt states (Mẫu số 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả). */
export interface ReceiptPaper {
  readonly version: PaperSetVersion
  readonly header: PaperHeader
  readonly number: string
  /** The part people say aloud. */
  readonly shortNumber: string
  readonly applicant: PaperApplicant
  readonly delegate?: Delegate
  readonly procedureName: string
  readonly subject?: DeclaredFact
  /** Empty unless something is certified. */
  readonly certification: readonly DeclaredFact[]
  readonly documents: readonly PaperDocument[]
  /** Số bộ hồ sơ. */
  readonly sets: number
  /** "03 ngày làm việc". */
  readonly processing: string
  readonly receivedAt: Instant
  readonly dueAt: Instant
  /** Where the result is handed over, in words. */
  readonly collectFrom: string
  readonly fee: FeeReckoning
  readonly staffName: string
  /** Set on a reprint, which never takes a second number. */
  readonly reprintedAt?: Instant
  /** What it states was corrected since the first print. */
  readonly correctedAt?: Instant
}

/** The receipt of a received dossier; undefined when intake was refused. `procedure` is the version it was received under. */
export function receiptPaperOf(
  dossier: Dossier,
  unit: Unit,
  procedure: Procedure,
  staffName: string,
  reprintedAt?: Instant,
): ReceiptPaper | undefined {
  const reception = receptionOf(dossier)
  if (!reception) return undefined
  return {
    version: paperSetOn(dateOf(reception.at)).version,
    header: paperHeaderOf(unit, reception.at),
    number: reception.number.text,
    shortNumber: shortNumber(reception.number.text),
    applicant: paperApplicantOf(dossier.applicant),
    delegate: reception.delegate,
    procedureName: procedure.name,
    subject: findSubject(procedure.form, reception.declaration, dossier.applicant.name),
    certification: certificationFacts(procedure.form, reception.declaration),
    documents: paperDocuments(reception.documents),
    sets: 1,
    processing: processingInWords(procedure.processing),
    receivedAt: reception.at,
    dueAt: reception.due.dueAt,
    collectFrom: collectFrom(reception, unit),
    fee: reckoningOf(reception, procedure),
    staffName,
    reprintedAt,
    correctedAt: dossier.receiptChangedAt,
  }
}

function collectFrom(reception: Reception, unit: Unit): string {
  return reception.delivery === 'counter' ? deskInWords(unit) : 'Qua dịch vụ bưu chính công ích, theo địa chỉ trên'
}

/** The amount is the one that was decided; its parts are shown only while they still add up to it. */
function reckoningOf({ fee, declaration }: Reception, procedure: Procedure): FeeReckoning {
  const { enteredVnd } = fee
  const reckoned = feeFor(procedure.fee, declaration, fee.exemption, enteredVnd)
  const lines = reckoned.ok && reckoned.value.amountVnd === fee.amountVnd ? reckoned.value.lines : []
  return feeReckoning(fee.amountVnd, lines, fee.exemption)
}
