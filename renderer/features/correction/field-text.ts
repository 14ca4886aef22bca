import { formatPartialDate } from '../../../shared/core/partial-date.ts'
import type { FieldDefinition } from '../../forms/field-props.ts'
import { t } from '../../text/t.ts'

/** A stored answer as an officer reads it; nothing is hidden behind a format, because two texts are compared here. */
export function fieldText(field: FieldDefinition | undefined, stored: string): string {
  if (stored === '') return t('correction.empty')
  if (field?.kind === 'date' || field?.kind === 'partial-date') return formatPartialDate(stored)
  if (field?.kind === 'yes-no' && (stored === 'yes' || stored === 'no')) return t(`statuses.yesNo.${stored}`)
  return field?.optionLabels?.[stored] ?? stored
}
