import { MantineProvider } from '@mantine/core'
import { configure, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import '../../../renderer/app/desk.ts'
import { navigate, useRoute } from '../../../renderer/app/route.ts'
import { IntakeScreen } from '../../../renderer/features/intake/intake-screen.tsx'
import { referenceCell } from '../../../renderer/store/use-reference.ts'
import { acceptDeskStatus } from '../../../renderer/store/watch-desk-status.ts'
import { useStatusAnnouncement } from '../../../renderer/ui/status-announcer.ts'
import { theme } from '../../../renderer/ui/theme.ts'
import '../../../renderer/text/t.ts'
import { calendar, catalogue } from '../../harness/catalogue.ts'
import { IntakeDesk } from './intake-desk.ts'

// A test machine under load is slow, not wrong.
configure({ asyncUtilTimeout: 5_000 })

interface RenderOptions {
  readonly desk?: IntakeDesk
  readonly hash?: string
}

function Page() {
  const route = useRoute()
  const announced = useStatusAnnouncement()
  return (
    <>
      {route.page === 'intake' ? <IntakeScreen /> : <p>{route.page}</p>}
      <output aria-label="Dòng trạng thái">{announced}</output>
    </>
  )
}

/** The intake on a desk of Gôi, 17/08/2022 09:47, with the catalogue the app ships. */
export async function renderIntake({ desk = new IntakeDesk(), hash = '#/intake' }: RenderOptions = {}) {
  window.desk = desk.bridge
  window.localStorage.clear()
  window.location.hash = hash
  acceptDeskStatus(await desk.status())
  referenceCell.set({ catalogue, calendar })
  const user = userEvent.setup({ advanceTimers: () => undefined, delay: null })
  const view = render(
    <MantineProvider theme={theme} env="test">
      <Page />
    </MantineProvider>,
  )
  return { desk, user, navigate, ...view }
}
