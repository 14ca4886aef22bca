import { isKnownEventType } from '../../../shared/domain/event.ts'
import { t } from '../../text/t.ts'

/** What was done, in the words of the day: "Tiếp nhận mới". */
export function workWords(type: string): string {
  return isKnownEventType(type) ? t(`outbox.work.${type}`) : t('outbox.work.other')
}
