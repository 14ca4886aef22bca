import { clockTimeOf, dateOf } from '../../../../shared/core/time.ts'
import type { FormField } from '../../../../shared/law/declaration-form.ts'
import type { Procedure } from '../../../../shared/law/procedure.ts'
import { DateField, TimeField } from '../../../forms/date-field.tsx'
import formStyles from '../../../forms/form.module.css'
import { SegmentField } from '../../../forms/segment-field.tsx'
import { SuggestField } from '../../../forms/suggest-field.tsx'
import { TextField } from '../../../forms/text-field.tsx'
import { formatLongDay } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'
import { controls } from '../applicant/applicant-fields.ts'
import styles from '../intake.module.css'
import { usePreview } from '../preview/preview-context.ts'
import { DueText } from './due-text.tsx'
import { FeeText } from './fee-text.tsx'

const optional = { required: false, span: 6 } as const

export function FeeSection({ procedure }: { readonly procedure: Procedure }) {
  const needsEnteredFee = usePreview((preview) => preview.needsEnteredFee)
  const isFree = procedure.fee.rule === 'free'
  return (
    <section className={styles.section} data-section="fee" aria-labelledby="intake-fee" tabIndex={-1}>
      <header className={styles.sectionHead}>
        <h2 id="intake-fee">{t('intake.fee.heading')}</h2>
      </header>
      <div className={formStyles.grid}>
        {needsEnteredFee && (
          <div className={formStyles.cell} data-span={5}>
            <TextField name={controls.enteredFee} field={enteredFeeField()} />
          </div>
        )}
        {!isFree && (
          <div className={formStyles.cell} data-span={7}>
            <SuggestField name={controls.exemption} field={exemptionField(procedure)} />
          </div>
        )}
        {procedure.processing.rule === 'entered' && <EnteredDue />}
      </div>
      <dl className={styles.reckoning}>
        <dt>{t('intake.preview.fee')}</dt>
        <dd>
          <FeeText />
          <p className={styles.hint}>{t('intake.fee.law', { text: procedure.feeText })}</p>
        </dd>
        <dt>{t('intake.fee.due')}</dt>
        <dd>
          <DueText />
          <DueRemark procedure={procedure} />
        </dd>
      </dl>
      <div className={styles.segmentRow}>
        <SegmentField
          name={controls.channel}
          label={t('intake.fee.channel')}
          fallback="direct"
          choices={(['direct', 'postal'] as const).map((value) => ({
            value,
            label: t(`intake.fee.channels.${value}`),
          }))}
        />
        <SegmentField
          name={controls.delivery}
          label={t('intake.fee.delivery')}
          fallback="counter"
          choices={(['counter', 'postal'] as const).map((value) => ({
            value,
            label: t(`intake.fee.deliveries.${value}`),
          }))}
        />
      </div>
    </section>
  )
}

function EnteredDue() {
  return (
    <>
      <div className={formStyles.cell} data-span={4}>
        <DateField
          name={controls.dueDate}
          field={{ key: 'date', kind: 'date', span: 4, required: true, label: t('intake.fee.dueDate') }}
        />
      </div>
      <div className={formStyles.cell} data-span={3}>
        <TimeField
          name={controls.dueTime}
          field={{
            ...optional,
            key: 'time',
            kind: 'time',
            label: t('intake.fee.dueTime'),
            hint: t('intake.fee.dueTimeHint'),
          }}
        />
      </div>
    </>
  )
}

/** Why the date is what it is. */
function DueRemark({ procedure }: { readonly procedure: Procedure }) {
  const due = usePreview((preview) => preview.due)
  const now = usePreview((preview) => preview.now)
  if (due?.kind === 'entered') return <p className={styles.warning}>{t('intake.fee.unverifiedHint')}</p>
  if (!due) return null
  const { processing } = procedure
  const isLate =
    processing.rule === 'same-day' && dateOf(now) !== due.countedFrom && clockTimeOf(now) >= processing.cutoff
  return (
    <>
      <p className={styles.hint}>
        {formatLongDay(due.dueOn)}. {t('intake.fee.rule', { text: procedure.processingText })}
      </p>
      {isLate && <p className={styles.warning}>{t('intake.fee.afterCutoff', { time: processing.cutoff })}</p>}
      {!due.verified && <p className={styles.warning}>{t('intake.fee.unverifiedCalendar')}</p>}
    </>
  )
}

function enteredFeeField(): FormField {
  return {
    key: 'entered',
    kind: 'money',
    span: 5,
    required: true,
    label: t('intake.fee.entered'),
    hint: t('intake.fee.enteredHint'),
  }
}

/** Free text with the law's reasons offered: the law also knows cases that no list has. */
function exemptionField(procedure: Procedure): FormField {
  return {
    ...optional,
    key: 'exemption',
    kind: 'text',
    label: t('intake.fee.exemption'),
    hint: t('intake.fee.exemptionHint'),
    options: procedure.exemptions,
  }
}
