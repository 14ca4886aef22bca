import { invariant } from '../../core/assert.ts'
import type { IsoDate } from '../../core/time.ts'

export type PaperSetVersion = 'tt-01-2018' | 'tt-03-2025'

/** All papers of the one-stop desk, by meaning. Templates exist for those named in `PaperMeaning`. */
export type FormMeaning =
  | 'receipt'
  | 'supplement-request'
  | 'refusal'
  | 'delay-apology'
  | 'stop-notice'
  | 'control-slip'
  | 'register'

/** A set of forms and the days it is in force. Separate from the regime of procedures: the two changed on different days. */
export interface PaperSet {
  readonly version: PaperSetVersion
  readonly circular: string
  readonly from: IsoDate
  readonly to?: IsoDate
  /** The number each form has in this set; absent when the set has no such form. */
  readonly formNumbers: Readonly<Partial<Record<FormMeaning, string>>>
}

/** TT 01/2018/TT-VPCP Phụ lục, and TT 03/2025/TT-VPCP Phụ lục I which replaced it. */
export const paperSets: readonly PaperSet[] = [
  {
    version: 'tt-01-2018',
    circular: 'Thông tư 01/2018/TT-VPCP',
    from: '2018-06-21',
    to: '2025-09-14',
    formNumbers: {
      receipt: '01',
      'supplement-request': '02',
      refusal: '03',
      'delay-apology': '04',
      'control-slip': '05',
      register: '06',
    },
  },
  {
    version: 'tt-03-2025',
    circular: 'Thông tư 03/2025/TT-VPCP',
    from: '2025-09-15',
    formNumbers: {
      receipt: '01',
      'supplement-request': '02',
      refusal: '03',
      'delay-apology': '04',
      'stop-notice': '05',
      'control-slip': '06',
      register: '07',
    },
  },
]

/** The set in force on the day of the act; a dossier older than the first table prints on the first set. */
export function paperSetOn(date: IsoDate): PaperSet {
  const inForce = paperSets.findLast((set) => set.from <= date) ?? paperSets[0]
  invariant(inForce, 'there is a paper set')
  return inForce
}

export function getPaperSet(version: PaperSetVersion): PaperSet {
  const found = paperSets.find((set) => set.version === version)
  invariant(found, `paper set ${version} exists`)
  return found
}

/** "Mẫu số 01, Thông tư 01/2018/TT-VPCP": stands small on the paper. */
export function formReference(set: PaperSet, meaning: FormMeaning): string {
  const number = set.formNumbers[meaning]
  return number ? `Mẫu số ${number}, ${set.circular}` : set.circular
}
