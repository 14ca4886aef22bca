import { Button } from '@mantine/core'
import { IconFlask, IconLogout, IconSearch, IconUser } from '@tabler/icons-react'
import { flushSync } from 'react-dom'
import { useDeskStatus } from '../store/use-desk-status.ts'
import { acceptDeskStatus } from '../store/watch-desk-status.ts'
import { t } from '../text/t.ts'
import { palette } from '../ui/palette-store.ts'
import { desk } from './desk.ts'
import { replaceRoute } from './route.ts'

export function TopBar() {
  const status = useDeskStatus()
  return (
    <section className="top" aria-label={t('frame.topBar')}>
      <button className="omni" type="button" onClick={palette.open}>
        <IconSearch size={16} aria-hidden />
        {t('frame.search')}
        <kbd>Ctrl K</kbd>
      </button>
      <div className="top-right">
        {status?.demoClock ? (
          <span className="tag tag-gold" title={t('frame.demoClockHint')}>
            {t('frame.demoClock')}
          </span>
        ) : null}
        {status?.vault === 'trial' ? (
          <span className="tag tag-gold" title={t('frame.trialHint')}>
            <IconFlask size={14} aria-hidden />
            {t('frame.trial')}
          </span>
        ) : null}
        <span>{status?.deskName}</span>
        <span className="vertical-rule" />
        <span className="officer">
          <IconUser size={16} aria-hidden />
          {status?.staff?.name}
        </span>
        <Button variant="subtle" h={30} px={8} leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          {t('frame.signOut')}
        </Button>
      </div>
    </section>
  )
}

/** Leaving the screen first saves an open draft while its officer is still here, and the next one starts at the list. */
async function signOut(): Promise<void> {
  flushSync(() => replaceRoute({ page: 'work-list' }))
  const answer = await desk('session.sign-out')
  if (answer.ok) acceptDeskStatus(answer.value)
}
