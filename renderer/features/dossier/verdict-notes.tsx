import { Button } from '@mantine/core'
import { useState } from 'react'
import { isPermitted } from '../../../shared/domain/permissions.ts'
import type { DossierView } from '../../../shared/ipc/view.ts'
import { useDeskStatus } from '../../store/use-desk-status.ts'
import { describeFinding, describeReturned } from '../../text/describe-verdict.ts'
import { capitalise } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'
import { useUpperTier } from '../../ui/use-upper-tier.ts'
import { ReturnedDialog } from '../conflict/returned-dialog.tsx'
import { CloseFindingDialog } from './actions/close-finding-dialog.tsx'

/** What the upper tier said about this dossier, when it is more than "received". */
export function VerdictNotes({ view }: { readonly view: DossierView }) {
  const tier = capitalise(useUpperTier())
  const role = useDeskStatus()?.staff?.role
  const [open, setOpen] = useState<'returned' | 'finding'>()
  const close = () => setOpen(undefined)
  return (
    <>
      {view.exchange === 'returned' ? (
        <NoticeBox notice={returnedNotice(view, tier)}>
          <Button variant="default" h={28} mt={6} onClick={() => setOpen('returned')}>
            {t('conflict.open')}
          </Button>
        </NoticeBox>
      ) : null}
      {view.findings.length > 0 ? (
        <NoticeBox
          tone="gold"
          notice={{ title: t('dossier.findings'), action: [...new Set(view.findings)].map(describeFinding).join(' ') }}
        >
          {role && isPermitted(role, 'close-finding') ? (
            <Button variant="default" h={28} mt={6} onClick={() => setOpen('finding')}>
              {t('correction.closeFinding')}
            </Button>
          ) : null}
        </NoticeBox>
      ) : null}
      {open === 'returned' ? <ReturnedDialog view={view} onClose={close} /> : null}
      {open === 'finding' ? <CloseFindingDialog view={view} onClose={close} /> : null}
    </>
  )
}

function returnedNotice(view: DossierView, tier: string) {
  const { title, action } = describeReturned(view.returnedCode)
  return { title: `${t('dossier.returned', { tier })}. ${title}`, action }
}
