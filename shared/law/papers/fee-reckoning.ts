import { assertNever } from '../../core/assert.ts'
import { moneyInWords } from '../../core/money-in-words.ts'
import type { FeeLine } from '../../domain/fee.ts'
import { groupedThousands } from './paper-words.ts'

/** The fee as a receipt states it. */
export interface FeeReckoning {
  readonly amountVnd: number
  readonly amountInWords: string
  /** "bản sao: 2 × 8.000"; empty when there is nothing to multiply. */
  readonly parts: readonly string[]
  readonly exemption?: string
}

export function feeReckoning(amountVnd: number, lines: readonly FeeLine[], exemption?: string): FeeReckoning {
  const parts = lines.flatMap((line) => partText(line, lines.length > 1) ?? [])
  return { amountVnd, amountInWords: moneyInWords(amountVnd, { capitalised: true }), parts, exemption }
}

function partText(line: FeeLine, oneOfMany: boolean): string | undefined {
  switch (line.kind) {
    case 'items':
      return `${line.item}: ${line.quantity} × ${groupedThousands(line.unitVnd)}`
    case 'pages':
      return `${line.copies} bản × ${groupedThousands(line.perCopyVnd)}`
    case 'case':
    case 'entered':
      return oneOfMany ? groupedThousands(line.amountVnd) : undefined
    default:
      return assertNever(line)
  }
}
