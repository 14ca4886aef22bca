import { Checkbox } from '@mantine/core'
import { useFormContext, useWatch } from 'react-hook-form'
import type { FormValues } from '../../../forms/field-name.ts'
import { FieldGrid } from '../../../forms/form-field.tsx'
import { SegmentField } from '../../../forms/segment-field.tsx'
import { t } from '../../../text/t.ts'
import styles from '../intake.module.css'
import {
  applicantGroup,
  controls,
  delegateFields,
  delegateGroup,
  organisationFields,
  personFields,
} from './applicant-fields.ts'
import { ScanBanner } from './card-scan.tsx'
import type { CardScanState } from './use-card-scan.ts'

export function ApplicantSection({ scan }: { readonly scan: CardScanState }) {
  const kind = useWatch<FormValues>({ name: controls.applicantKind })
  const isOrganisation = kind === 'organisation'
  return (
    <section className={styles.section} data-section="applicant" aria-labelledby="intake-applicant">
      <header className={styles.sectionHead}>
        <h2 id="intake-applicant">{t('intake.applicant.heading')}</h2>
        <SegmentField
          name={controls.applicantKind}
          label={t('intake.applicant.kind')}
          fallback="person"
          choices={[
            { value: 'person', label: t('intake.applicant.person') },
            { value: 'organisation', label: t('intake.applicant.organisation') },
          ]}
        />
        <span className={styles.aside}>
          <ScanBanner scan={scan} />
        </span>
      </header>
      {isOrganisation ? (
        <FieldGrid group={applicantGroup.organisation} fields={organisationFields()} />
      ) : (
        <FieldGrid group={applicantGroup.person} fields={personFields()} />
      )}
      <DelegateBlock />
    </section>
  )
}

function DelegateBlock() {
  const { setValue } = useFormContext<FormValues>()
  const hasDelegate = useWatch<FormValues>({ name: controls.hasDelegate }) === 'yes'
  return (
    <div className={styles.block}>
      <div data-enter-skips="">
        <Checkbox
          size="sm"
          name={controls.hasDelegate}
          label={t('intake.applicant.delegateToggle')}
          checked={hasDelegate}
          onChange={(event) => setValue(controls.hasDelegate, event.currentTarget.checked ? 'yes' : '')}
        />
      </div>
      {hasDelegate && (
        <fieldset className={styles.fieldset}>
          <legend>{t('intake.applicant.delegateHeading')}</legend>
          <FieldGrid group={delegateGroup} fields={delegateFields()} />
        </fieldset>
      )}
    </div>
  )
}
