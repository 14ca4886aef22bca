import { Button } from '@mantine/core'
import { t } from '../../text/t.ts'
import { NoticeBox } from '../../ui/notice-box.tsx'
import type { DiscardedDrafts } from './use-discarded-drafts.ts'

/** What was just discarded, one key away. */
export function DiscardedNotice({ drafts: { count, undo, notice } }: { readonly drafts: DiscardedDrafts }) {
  return (
    <>
      {notice ? <NoticeBox notice={notice} /> : null}
      {count > 0 ? (
        <div className="notice notice-gold">
          <div>
            <span>{t('intake.drafts.discarded')}</span>
            <Button variant="default" h={28} mt={6} rightSection={<kbd>Ctrl Z</kbd>} onClick={undo}>
              {t('intake.actions.undo')}
            </Button>
          </div>
        </div>
      ) : null}
    </>
  )
}
