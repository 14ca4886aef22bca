import { create } from 'qrcode'
import type { QrMatrix } from '../../shared/law/papers/qr-svg.ts'

/** The QR code of a text; level M survives a fold or a stamp across 15 % of it. */
export function qrMatrix(text: string): QrMatrix {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  return { size: modules.size, isDark: (row, column) => modules.get(row, column) === 1 }
}
