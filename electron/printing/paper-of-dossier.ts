import type { Instant } from '../../shared/core/time.ts'
import type { Dossier } from '../../shared/domain/dossier.ts'
import type { Paper } from '../../shared/law/papers/paper.ts'
import { receipt } from '../../shared/law/papers/receipt.ts'
import { receiptPaperOf } from '../../shared/law/papers/receipt-paper.ts'
import { refusal } from '../../shared/law/papers/refusal.ts'
import { refusalPaperOf } from '../../shared/law/papers/refusal-paper.ts'
import type { Procedure } from '../../shared/law/procedure.ts'
import type { Unit } from '../../shared/law/unit.ts'
import { qrMatrix } from './qr-matrix.ts'

/** What the paper of a dossier is made from. */
export interface PaperSource {
  readonly dossier: Dossier
  readonly unit: Unit
  /** In the version the dossier was received under. */
  readonly procedure: Procedure
  /** Who received or refused, by name. */
  readonly staffName: string
  /** Set on a reprint. */
  readonly reprintedAt?: Instant
}

/** The paper the applicant leaves with: the receipt, or the refusal when intake was refused. */
export function paperOfDossier({ dossier, unit, procedure, staffName, reprintedAt }: PaperSource): Paper | undefined {
  const received = receiptPaperOf(dossier, unit, procedure, staffName, reprintedAt)
  if (received) return receipt(received, qrMatrix(received.number))
  const refused = refusalPaperOf(dossier, unit, procedure, staffName, reprintedAt)
  return refused && refusal(refused)
}
