import { html, type SafeHtml } from './html.ts'

/** The dark squares of a QR code, row by row, without the quiet zone. */
export interface QrMatrix {
  readonly size: number
  readonly isDark: (row: number, column: number) => boolean
}

/** The quiet zone readers need around the code (ISO/IEC 18004 §6.3.8). */
const quietModules = 4

/** A QR code as one path: sharp at every printer resolution. */
export function qrSvg(matrix: QrMatrix): SafeHtml {
  const side = matrix.size + 2 * quietModules
  const runs: string[] = []
  for (let row = 0; row < matrix.size; row += 1) {
    for (let column = 0; column < matrix.size; column += 1) {
      if (!matrix.isDark(row, column)) continue
      const start = column
      while (column + 1 < matrix.size && matrix.isDark(row, column + 1)) column += 1
      runs.push(`M${start + quietModules} ${row + quietModules}h${column - start + 1}v1h-${column - start + 1}z`)
    }
  }
  return html`<svg class="qr" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges" role="img" aria-label="Mã QR"><path d="${runs.join('')}"/></svg>`
}
