import { Button } from '@mantine/core'
import { IconFilePlus } from '@tabler/icons-react'
import type { Procedure, RequiredDocument } from '../../../shared/law/procedure.ts'
import { formatRoute } from '../../app/route.ts'
import { formatDate } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { Facts } from '../../ui/facts.tsx'
import { Tag } from '../../ui/tag.tsx'

/** Everything the posted list says about one procedure, and how sure we are. */
export function ProcedureCard({ procedure }: { readonly procedure: Procedure }) {
  const { code, name, confidence } = procedure
  return (
    <section className="card pad scroll procedure-card" aria-labelledby="procedure-title" tabIndex={-1}>
      <div className="head">
        <div>
          <h2 id="procedure-title">{name}</h2>
          <span className="code small">{code}</span>{' '}
          <Tag tone={confidence === 'verified' ? 'green' : 'gold'}>{t(`statuses.confidence.${confidence}`)}</Tag>
        </div>
        <div className="head-actions">
          <Button
            component="a"
            href={formatRoute({ page: 'intake', procedureCode: code })}
            leftSection={<IconFilePlus size={16} aria-hidden />}
            rightSection={<span className="key-on-fill">Ctrl Enter</span>}
          >
            {t('catalogue.receive')}
          </Button>
        </div>
      </div>
      {confidence === 'verified' ? null : (
        <div className="notice notice-gold small">{t('catalogue.unverifiedHint')}</div>
      )}
      <Facts
        facts={[
          { label: t('catalogue.time'), value: procedure.processingText },
          { label: t('catalogue.fee'), value: procedure.feeText },
          { label: t('catalogue.exemptions'), value: procedure.exemptions.join('; ') },
          { label: t('catalogue.deliverable'), value: procedure.deliverable.name },
          { label: t('catalogue.authority'), value: procedure.competentAuthority },
          {
            label: t('catalogue.channels'),
            value: procedure.channels.map((one) => t(`statuses.channel.${one}`)).join(', '),
          },
          { label: t('catalogue.effective'), value: formatDate(procedure.effectiveFrom) },
          { label: t('catalogue.notes'), value: procedure.notes },
        ]}
      />
      <h3>{t('catalogue.documents')}</h3>
      {procedure.documents.length === 0 ? <p className="muted">{t('catalogue.noDocuments')}</p> : null}
      <ol className="required-documents">
        {procedure.documents.map((document) => (
          <li key={document.id}>
            <span>{document.name}</span>
            <span className="small muted">{documentWords(document)}</span>
          </li>
        ))}
      </ol>
      <h3>{t('catalogue.legalBasis')}</h3>
      <ul className="legal-basis small">
        {procedure.legalBasis.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  )
}

function documentWords({
  mode,
  originals,
  copies,
  mandatory,
  alternativeGroup,
  condition,
  note,
}: RequiredDocument): string {
  const counts = [
    originals > 0 ? t('catalogue.originals', { count: originals }) : '',
    copies > 0 ? t('catalogue.copies', { count: copies }) : '',
  ].filter(Boolean)
  const manner = [t(mode === 'submit' ? 'catalogue.submit' : 'catalogue.present'), counts.join(', ')]
    .filter(Boolean)
    .join(' ')
  const duty = mandatory ? t('catalogue.mandatory') : t('catalogue.optional')
  const group = alternativeGroup ? t('catalogue.alternative') : ''
  return [manner, duty, group, condition, note].filter(Boolean).join('. ')
}
