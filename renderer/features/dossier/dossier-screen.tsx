import './dossier.css'
import { useState } from 'react'
import type { DossierId } from '../../../shared/core/ids.ts'
import { useDeskStore } from '../../store/current-store.ts'
import { useDossier } from '../../store/use-dossiers.ts'
import { findDossierProcedure } from '../../store/use-procedures.ts'
import { useReference } from '../../store/use-reference.ts'
import { t } from '../../text/t.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { DeclarationCard } from './declaration-card.tsx'
import { DocumentsCard } from './documents-card.tsx'
import { DossierHead } from './dossier-head.tsx'
import { ReceiptChanged } from './receipt-changed.tsx'
import { ReceptionCard } from './reception-card.tsx'
import { StepsCard } from './steps-card.tsx'
import { TimelineCard } from './timeline-card.tsx'
import { VerdictNotes } from './verdict-notes.tsx'

/** One dossier: where it stands, what was declared and handed in, and everything that happened. */
export function DossierScreen({ dossierId }: { readonly dossierId: DossierId }) {
  const store = useDeskStore()
  const view = useDossier(dossierId)
  const { catalogue } = useReference()
  const [handOver, setHandOver] = useState(false)
  if (!view) {
    const known = store?.index.slotOf(dossierId) !== undefined
    return <EmptyState text={!store || known ? t('frame.opening') : t('dossier.missing')} />
  }
  const { dossier } = view
  const procedure = findDossierProcedure(catalogue, dossier.procedure)
  return (
    <>
      <DossierHead view={view} procedure={procedure} handOver={handOver} onHandOver={setHandOver} />
      <div className="dossier-split">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1). */}
        <section className="dossier-left scroll" tabIndex={0} aria-label={t('dossier.content')}>
          {dossier.newerEvents > 0 ? (
            <NoticeBox tone="gold" notice={{ title: t('dossier.newer.title'), action: t('dossier.newer.action') }} />
          ) : null}
          <VerdictNotes view={view} />
          <ReceiptChanged dossier={dossier} />
          <StepsCard dossier={dossier} />
          <DeclarationCard dossier={dossier} procedure={procedure} />
          <DocumentsCard dossier={dossier} />
          <ReceptionCard dossier={dossier} />
        </section>
        <TimelineCard view={view} />
      </div>
    </>
  )
}
