import type { Procedure } from '../../../../shared/law/procedure.ts'
import { FieldGrid } from '../../../forms/form-field.tsx'
import { t } from '../../../text/t.ts'
import { declarationGroup } from '../applicant/applicant-fields.ts'
import styles from '../intake.module.css'

/** The declaration (tờ khai) as the procedure's data lays it out. */
export function DeclarationSection({ procedure }: { readonly procedure: Procedure }) {
  return (
    <section className={styles.section} data-section="declaration" aria-label={t('intake.sections.declaration')}>
      {procedure.form.sections.map((section) => (
        <section key={section.title} className={styles.part} aria-label={section.title}>
          <header className={styles.sectionHead}>
            <h2>{section.title}</h2>
            {section.personPrefix !== undefined && (
              <span className={styles.hint}>
                <kbd>F4</kbd> {t('intake.applicant.copyHint')}
              </span>
            )}
          </header>
          <FieldGrid group={declarationGroup} fields={section.fields} />
        </section>
      ))}
    </section>
  )
}
