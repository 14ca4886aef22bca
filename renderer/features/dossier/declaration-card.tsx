import { formatPartialDate } from '../../../shared/core/partial-date.ts'
import type { Applicant, Delegate } from '../../../shared/domain/applicant.ts'
import { type Dossier, receptionOf } from '../../../shared/domain/dossier.ts'
import type { Declaration, FormField } from '../../../shared/law/declaration-form.ts'
import { formatPhone } from '../../../shared/law/field-formats.ts'
import type { Procedure } from '../../../shared/law/procedure.ts'
import { formatMoney, formatPersonalId } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { type Fact, Facts } from '../../ui/facts.tsx'

export interface DeclarationCardProps {
  readonly dossier: Dossier
  /** In the version the dossier was received under: its form gives the labels. */
  readonly procedure: Procedure | undefined
}

/** Tờ khai: the applicant, the delegate, and the answers under the labels of the form they were given on. */
export function DeclarationCard({ dossier, procedure }: DeclarationCardProps) {
  const reception = receptionOf(dossier)
  const declaration = reception?.declaration ?? {}
  const sections = [
    {
      title: dossier.applicant.kind === 'person' ? t('dossier.applicant') : t('dossier.organisation'),
      facts: applicantFacts(dossier.applicant),
    },
    ...(reception?.delegate ? [{ title: t('dossier.delegate'), facts: delegateFacts(reception.delegate) }] : []),
    ...declaredSections(procedure, declaration),
  ]
  return (
    <section className="card pad" aria-labelledby="declaration-title">
      <div className="head">
        <h2 id="declaration-title">{t('dossier.declaration')}</h2>
        {procedure ? (
          <span className="muted small">{t('dossier.declarationForm', { version: procedure.form.version })}</span>
        ) : null}
      </div>
      <div className="declaration">
        {sections
          .filter(({ facts }) => facts.length > 0)
          .map(({ title, facts }) => (
            <div key={title} className="declaration-section">
              <h3>{title}</h3>
              <Facts facts={facts} />
            </div>
          ))}
      </div>
    </section>
  )
}

function applicantFacts(applicant: Applicant): readonly Fact[] {
  const contact = [
    { label: t('dossier.field.phone'), value: formatPhone(applicant.phone ?? '') },
    { label: t('dossier.field.email'), value: applicant.email },
    { label: t('dossier.field.address'), value: applicant.address },
  ]
  if (applicant.kind === 'organisation') {
    return [
      { label: t('dossier.field.organisationName'), value: <b>{applicant.name}</b> },
      { label: t('dossier.field.taxCode'), value: applicant.taxCode },
      { label: t('dossier.field.representative'), value: applicant.representative },
      ...contact,
    ]
  }
  return [
    { label: t('dossier.field.name'), value: <b>{applicant.name}</b> },
    { label: t('dossier.field.personalId'), value: formatPersonalId(applicant.personalId ?? '') },
    { label: t('dossier.field.bornOn'), value: applicant.bornOn ? <PartialDateText date={applicant.bornOn} /> : '' },
    { label: t('dossier.field.gender'), value: applicant.gender ? t(`statuses.gender.${applicant.gender}`) : '' },
    ...contact,
  ]
}

function delegateFacts(delegate: Delegate): readonly Fact[] {
  return [
    { label: t('dossier.field.name'), value: <b>{delegate.name}</b> },
    { label: t('dossier.field.personalId'), value: formatPersonalId(delegate.personalId ?? '') },
    { label: t('dossier.field.phone'), value: formatPhone(delegate.phone ?? '') },
    { label: t('dossier.field.authority'), value: delegate.authority },
  ]
}

/** Answers in the order of the paper; those whose field is no longer known keep their key as label, so nothing hides. */
function declaredSections(procedure: Procedure | undefined, declaration: Declaration) {
  const sections = (procedure?.form.sections ?? []).map(({ title, fields }) => ({
    title,
    facts: fields.flatMap((field) => answerFact(field, declaration[field.key])),
  }))
  const known = new Set(procedure?.form.sections.flatMap(({ fields }) => fields.map(({ key }) => key)))
  const rest = Object.entries(declaration).filter(([key]) => !known.has(key))
  return rest.length === 0
    ? sections
    : [...sections, { title: t('dossier.declaration'), facts: rest.map(([label, value]) => ({ label, value })) }]
}

function answerFact(field: FormField, answer: string | undefined): readonly Fact[] {
  if (answer === undefined || answer === '') return []
  return [{ label: field.label, value: answerText(field, answer) }]
}

function answerText({ kind }: FormField, answer: string) {
  switch (kind) {
    case 'partial-date':
    case 'date':
      return <PartialDateText date={answer} />
    case 'personal-id':
      return formatPersonalId(answer)
    case 'phone':
      return formatPhone(answer)
    case 'money':
      return /^\d+$/.test(answer) ? formatMoney(Number(answer)) : answer
    case 'yes-no':
      return answer === 'yes' || answer === 'no' ? t(`statuses.yesNo.${answer}`) : answer
    default:
      return answer
  }
}

function PartialDateText({ date }: { readonly date: string }) {
  const hint = date.length === 4 ? t('dossier.yearOnly') : date.length === 7 ? t('dossier.monthOnly') : ''
  return (
    <>
      {formatPartialDate(date)} {hint ? <span className="muted">{hint}</span> : null}
    </>
  )
}
