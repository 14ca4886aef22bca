import type { DossierView } from '../../../shared/ipc/view.ts'
import { describeFinding, describeReturned } from '../../text/describe-verdict.ts'
import { capitalise } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { useUpperTier } from '../../ui/use-upper-tier.ts'

/** What the upper tier said about this dossier, when it is more than "received". */
export function VerdictNotes({ view }: { readonly view: DossierView }) {
  const tier = capitalise(useUpperTier())
  return (
    <>
      {view.exchange === 'returned' ? <NoticeBox notice={returnedNotice(view, tier)} /> : null}
      {view.findings.length > 0 ? (
        <NoticeBox
          tone="gold"
          notice={{ title: t('dossier.findings'), action: [...new Set(view.findings)].map(describeFinding).join(' ') }}
        />
      ) : null}
    </>
  )
}

function returnedNotice(view: DossierView, tier: string) {
  const { title, action } = describeReturned(view.returnedCode)
  return { title: `${t('dossier.returned', { tier })}. ${title}`, action }
}
