import { dateOf, type Instant } from '../../core/time.ts'
import type { Unit } from '../unit.ts'
import { dateInWords, placeOf } from './paper-words.ts'

/** The two columns every paper begins with (NĐ 30/2020/NĐ-CP Phụ lục I). */
export interface PaperHeader {
  readonly authorityName: string
  readonly deskName: string
  /** "Gôi, ngày 17 tháng 8 năm 2022". */
  readonly placeAndDate: string
  readonly phone?: string
}

export function paperHeaderOf(unit: Unit, moment: Instant): PaperHeader {
  return {
    authorityName: unit.authorityName,
    deskName: unit.deskName,
    placeAndDate: `${placeOf(unit)}, ${dateInWords(dateOf(moment))}`,
    phone: unit.phone,
  }
}
