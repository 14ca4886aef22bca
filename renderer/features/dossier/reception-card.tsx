import { type Dossier, receptionOf } from '../../../shared/domain/dossier.ts'
import { formatDate, formatMoment, formatMoney, maskPersonalId } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { type Fact, Facts } from '../../ui/facts.tsx'

/** What the paper given to the citizen says, and what became of the result. */
export function ReceptionCard({ dossier }: { readonly dossier: Dossier }) {
  return (
    <section className="card pad" aria-labelledby="reception-title">
      <h2 id="reception-title">{t('dossier.reception')}</h2>
      <div className="declaration">
        <Facts facts={receptionFacts(dossier)} />
        <Facts facts={outcomeFacts(dossier)} />
      </div>
    </section>
  )
}

function receptionFacts(dossier: Dossier): readonly Fact[] {
  const reception = receptionOf(dossier)
  if (!reception) return []
  const { number, at, due, fee, channel, delivery } = reception
  return [
    { label: t('workList.column.number'), value: <span className="code">{number.text}</span> },
    { label: t('dossier.field.receivedAt'), value: formatMoment(at) },
    {
      label: t('dossier.field.due'),
      value: due.verified ? formatMoment(due.dueAt) : `${formatMoment(due.dueAt)} (${t('statuses.due.unverified')})`,
    },
    { label: t('dossier.field.fee'), value: feeText(fee.amountVnd, fee.exemption) },
    { label: t('dossier.field.channel'), value: t(`statuses.channel.${channel}`) },
    { label: t('dossier.field.delivery'), value: t(`statuses.delivery.${delivery}`) },
  ]
}

function feeText(amountVnd: number, exemption: string | undefined): string {
  const amount = amountVnd > 0 ? formatMoney(amountVnd) : t('statuses.free')
  return exemption ? `${amount} (${exemption})` : amount
}

function outcomeFacts({ state }: Dossier): readonly Fact[] {
  if (state.status === 'refused') {
    return [
      { label: t('statuses.status.refused'), value: formatMoment(state.refusedAt) },
      { label: t('dossier.field.reason'), value: state.reason },
    ]
  }
  const deliverable = state.status === 'finished' || state.status === 'handed-over' ? state.deliverable : undefined
  const facts: Fact[] = []
  if (deliverable) {
    const parts = [deliverable.name, deliverable.number, deliverable.issuedOn ? formatDate(deliverable.issuedOn) : '']
    facts.push({ label: t('dossier.field.deliverable'), value: parts.filter(Boolean).join(', ') })
  }
  if (state.status === 'handed-over') {
    const { name, personalId, relation } = state.recipient
    facts.push(
      {
        label: t('dossier.field.recipient'),
        value: [name, relation, personalId ? maskPersonalId(personalId) : ''].filter(Boolean).join(', '),
      },
      { label: t('statuses.status.handed-over'), value: formatMoment(state.handedOverAt) },
    )
  }
  return facts
}
