import type { PaperSetVersion } from './paper-set.ts'

/**
 * What a paper is for, whatever number its form has: the two circulars give numbers 05 and 06 to different papers.
 * receipt: giấy tiếp nhận hồ sơ và hẹn trả kết quả · refusal: phiếu từ chối tiếp nhận giải quyết hồ sơ.
 */
export type PaperMeaning = 'receipt' | 'refusal'

/** A paper ready to be laid out: the same text gives the same page, on screen and in print. */
export interface Paper {
  readonly meaning: PaperMeaning
  readonly version: PaperSetVersion
  readonly title: string
  readonly size: 'A5'
  /** How many leave the printer: of Mẫu 01 one goes with the applicant, one stays with the dossier. */
  readonly copies: number
  /** Without folder and ending; no personal data. */
  readonly fileName: string
  /** The inside of the page's `body`, every value escaped. */
  readonly body: string
}

/** A file name of letters, digits, dots and dashes. */
export function fileNameOf(text: string): string {
  return text.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[.-]+/, '') || 'giay'
}
