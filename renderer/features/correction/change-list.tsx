import type { Dossier } from '../../../shared/domain/dossier.ts'
import { eventBodies } from '../../../shared/domain/event.ts'
import type { TimelineEntry } from '../../../shared/ipc/view.ts'
import { findDossierProcedure } from '../../store/use-procedures.ts'
import { useReference } from '../../store/use-reference.ts'
import { t } from '../../text/t.ts'
import { correctionGroups, findField, labelOf } from './correction-fields.ts'
import { fieldText } from './field-text.ts'

interface ChangeListProps extends Pick<TimelineEntry, 'type' | 'body'> {
  readonly dossier: Dossier
}

/** Old and new text of each corrected field, and what an officer had put there and did not keep. */
export function ChangeList({ dossier, type, body }: ChangeListProps) {
  const { catalogue } = useReference()
  const corrected = type === 'dossier-corrected' ? eventBodies[type].safeParse(body).data : undefined
  if (!corrected) return null
  const groups = correctionGroups(dossier, findDossierProcedure(catalogue, dossier.procedure))
  return (
    <ul className="small correction-list">
      {corrected.changes.map(({ field, from, to, returned }) => {
        const text = (stored: string) => fieldText(findField(groups, field)?.field, stored)
        const values = { label: labelOf(groups, field), from: text(from), to: text(to) }
        return (
          <li key={field}>
            {from === to ? t('correction.kept', values) : t('correction.change', values)}
            {returned === undefined ? null : (
              <span className="muted"> ({t('correction.returned', { text: text(returned) })})</span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
