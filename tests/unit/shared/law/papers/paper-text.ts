import type { Paper } from '../../../../../shared/law/papers/paper.ts'
import type { QrMatrix } from '../../../../../shared/law/papers/qr-svg.ts'

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** The words of a paper as a reader meets them, without markup. */
export function wordsOf(paper: Paper): string {
  return paper.body
    .replace(/<\/?(strong|em)>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => named[name] ?? '')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}

/** Three squares in a corner: enough where no phone has to read it. */
export const fakeQr: QrMatrix = { size: 2, isDark: (row, column) => row + column < 2 }
