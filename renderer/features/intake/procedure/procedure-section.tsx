import { useReference } from '../../../store/use-reference.ts'
import { t } from '../../../text/t.ts'
import styles from '../intake.module.css'
import { useIntake } from '../intake-context.ts'
import { ProcedureChoice } from './procedure-choice.tsx'

export function ProcedureSection() {
  const { procedure } = useIntake()
  const { catalogue } = useReference()
  return (
    <section className={styles.section} data-section="procedure" aria-labelledby="intake-procedure">
      <header className={styles.sectionHead}>
        <h2 id="intake-procedure">{t('intake.sections.procedure')}</h2>
        {procedure && <span className={styles.aside}>{procedure.code}</span>}
      </header>
      {catalogue ? <ProcedureChoice catalogue={catalogue} /> : <p>{t('intake.notReady')}</p>}
      {procedure && (
        <ul className={styles.facts}>
          <li>{t('intake.procedure.time', { text: procedure.processingText })}</li>
          <li>{t('intake.procedure.result', { name: procedure.deliverable.name })}</li>
          <li>{t('intake.procedure.authority', { name: procedure.competentAuthority })}</li>
          {procedure.confidence !== 'verified' && (
            <li className={styles.warning}>{t(`intake.procedure.confidence.${procedure.confidence}`)}</li>
          )}
        </ul>
      )}
    </section>
  )
}
