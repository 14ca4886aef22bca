import { dateOf } from '../../../../shared/core/time.ts'
import { type Catalogue, findProcedure } from '../../../../shared/law/procedure.ts'
import { navigate } from '../../../app/route.ts'
import { deskNow } from '../../../store/desk-clock.ts'
import { useDrafts } from '../../../store/use-drafts.ts'
import { useReference } from '../../../store/use-reference.ts'
import { formatWhen } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'
import { readDraft } from '../draft-content.ts'
import styles from '../intake.module.css'
import { useIntake } from '../intake-context.ts'

const longestList = 6

/** Work that was left open, one Enter away. */
export function OpenDrafts() {
  const drafts = useDrafts()
  const { catalogue } = useReference()
  const { snapshot } = useIntake()
  const own = snapshot().draftId
  const shown = drafts.filter(({ id }) => id !== own).slice(0, longestList)
  if (shown.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby="intake-drafts">
      <header className={styles.sectionHead}>
        <h2 id="intake-drafts">{t('intake.drafts.heading')}</h2>
      </header>
      <ul className={styles.drafts}>
        {shown.map((draft) => {
          const session = readDraft(draft)
          return (
            <li key={draft.id}>
              <button
                type="button"
                className={styles.draft}
                onClick={() => navigate({ page: 'intake', draftId: draft.id })}
              >
                <b>
                  {session?.values['applicant/name'] ||
                    session?.values['organisation/name'] ||
                    t('intake.drafts.untitled')}
                </b>
                <span>{procedureName(catalogue, session?.procedureCode)}</span>
                <span>{t('intake.drafts.savedAt', { time: formatWhen(draft.savedAt, deskNow()) })}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function procedureName(catalogue: Catalogue | undefined, code: string | undefined): string {
  const procedure = catalogue && code ? findProcedure(catalogue, code, dateOf(deskNow())) : undefined
  return procedure?.shortName ?? procedure?.name ?? ''
}
