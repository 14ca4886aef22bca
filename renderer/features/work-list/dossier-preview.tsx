import { Button } from '@mantine/core'
import type { DossierId } from '../../../shared/core/ids.ts'
import { type Dossier, receptionOf } from '../../../shared/domain/dossier.ts'
import { formatPhone } from '../../../shared/law/field-formats.ts'
import { formatRoute } from '../../app/route.ts'
import { useMinute } from '../../store/desk-clock.ts'
import { useDossier } from '../../store/use-dossiers.ts'
import { findDossierProcedure, shortNameOf } from '../../store/use-procedures.ts'
import { useReference } from '../../store/use-reference.ts'
import { useStaffNames } from '../../store/use-staff-name.ts'
import { formatMoment, formatMoney, formatWhen } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { Due } from '../../ui/due.tsx'
import { type Fact, Facts } from '../../ui/facts.tsx'
import { RecordMark } from '../../ui/record-mark.tsx'
import { DossierActions } from '../dossier/actions/dossier-actions.tsx'
import { dueWordsOf, holderOf, shortNumberOf } from '../dossier/dossier-words.ts'
import { VerdictNotes } from '../dossier/verdict-notes.tsx'

export interface DossierPreviewProps {
  readonly id: DossierId
  readonly handOver: boolean
  readonly onHandOver: (open: boolean) => void
}

/** The selected dossier beside the list: facts and what may be done now. */
export function DossierPreview({ id, handOver, onHandOver }: DossierPreviewProps) {
  const view = useDossier(id)
  const now = useMinute()
  const { catalogue } = useReference()
  const staffName = useStaffNames()
  if (!view) return null
  const { dossier } = view
  const procedure = findDossierProcedure(catalogue, dossier.procedure)
  return (
    <>
      <div>
        <span className="code small">{shortNumberOf(dossier)}</span>
        <h2>{dossier.applicant.name}</h2>
        <div>{procedure ? shortNameOf(procedure) : dossier.procedure.code}</div>
      </div>
      <div>
        <Due words={dueWordsOf(dossier, now)} />
      </div>
      <Facts
        facts={[
          ...receptionFacts(dossier),
          { label: t('workList.facts.holder'), value: holderOf(dossier, staffName) },
          { label: t('workList.facts.phone'), value: formatPhone(dossier.applicant.phone ?? '') },
          { label: t('workList.facts.exchange'), value: <RecordMark record={view} withWords /> },
        ]}
      />
      <VerdictNotes view={view} />
      <hr className="rule" />
      <DossierActions dossier={dossier} handOver={handOver} onHandOver={onHandOver} stacked>
        <Button
          variant="default"
          component="a"
          href={formatRoute({ page: 'dossier', dossierId: id })}
          justify="space-between"
          rightSection={<kbd>Enter</kbd>}
        >
          {t('workList.open')}
        </Button>
      </DossierActions>
      <LatestNotes dossier={dossier} now={now} staffName={staffName} />
    </>
  )
}

function receptionFacts(dossier: Dossier): readonly Fact[] {
  const reception = receptionOf(dossier)
  if (!reception) {
    return dossier.state.status === 'refused'
      ? [{ label: t('workList.facts.reason'), value: dossier.state.reason }]
      : []
  }
  const { fee, documents, due } = reception
  const scans = documents.reduce((sum, { scans: own }) => sum + own.length, 0)
  return [
    { label: t('workList.facts.receivedAt'), value: formatMoment(reception.at) },
    { label: t('workList.facts.due'), value: formatMoment(due.dueAt) },
    {
      label: t('workList.facts.documents'),
      value:
        scans > 0
          ? t('workList.documents', { count: documents.length, scans })
          : t('workList.documentsNoScan', { count: documents.length }),
    },
    { label: t('workList.facts.fee'), value: fee.amountVnd > 0 ? formatMoney(fee.amountVnd) : t('statuses.free') },
  ]
}

interface LatestNotesProps {
  readonly dossier: Dossier
  readonly now: string
  readonly staffName: (id: string) => string | undefined
}

function LatestNotes({ dossier, now, staffName }: LatestNotesProps) {
  const latest = dossier.notes.slice(-2).reverse()
  if (latest.length === 0) return null
  return (
    <>
      <hr className="rule" />
      <h3>{t('workList.latest')}</h3>
      <div className="small muted latest-notes">
        {latest.map((note) => (
          <p key={note.at + note.text}>
            {formatWhen(note.at, now)} {staffName(note.staffId)}: {note.text}
          </p>
        ))}
      </div>
    </>
  )
}
