import type { DossierView } from '../../shared/ipc/view.ts'
import { useRecordState } from '../store/sending.ts'
import { ExchangeMark } from './exchange-mark.tsx'

export interface RecordMarkProps {
  readonly record: Pick<DossierView, 'id' | 'exchange'>
  readonly withWords?: boolean
}

/** Where a dossier stands on its way to the upper tier, at this moment. */
export function RecordMark({ record, withWords = false }: RecordMarkProps) {
  return <ExchangeMark state={useRecordState(record)} withWords={withWords} />
}
