import { assertNever } from '../../shared/core/assert.ts'
import type { JournalHealth } from '../../shared/ipc/view.ts'
import type { Notice } from './describe-refusal.ts'
import { t } from './t.ts'

/** What the officer is told of the journal; nothing while it is whole. */
export function describeJournal({ state, whole, healedEntries }: JournalHealth): Notice | undefined {
  // Numbers are held back until the district was asked, also by the start behind the one that found why.
  if (!whole) return { title: t('frame.banner.damagedTitle'), action: t('frame.banner.damagedAction') }
  switch (state) {
    case 'whole':
      return undefined
    case 'healed':
      return healedEntries > 0
        ? {
            title: t('frame.banner.healedTitle', { count: healedEntries }),
            action: t('frame.banner.healedAction'),
          }
        : { title: t('frame.banner.cutTitle'), action: t('frame.banner.cutAction') }
    case 'damaged':
      return { title: t('frame.banner.damagedTitle'), action: t('frame.banner.damagedWholeAction') }
    default:
      return assertNever(state)
  }
}
