import { Button } from '@mantine/core'
import { useState } from 'react'
import { useDeskStatus } from '../../store/use-desk-status.ts'
import { t } from '../../text/t.ts'
import { ReEnrolDialog } from '../sign-in/re-enrol-dialog.tsx'

/**
 * Offered where nothing else helps: the upper tier forgot this desk, or shows a key it cannot know, or the desk's numbers
 * end soon.
 */
export function EnrolAgain() {
  const status = useDeskStatus()
  const [open, setOpen] = useState(false)
  if (!status) return null
  const { line, code } = status.exchange
  const helps =
    (line === 'refused' && code === 'desk/unknown') ||
    (line === 'untrusted' && code !== 'tls/dates') ||
    status.laneEndsSoon
  return (
    <>
      {helps ? (
        <Button variant="default" h={30} mt={6} onClick={() => setOpen(true)}>
          {t('signIn.reEnrol')}
        </Button>
      ) : null}
      {open ? <ReEnrolDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}
