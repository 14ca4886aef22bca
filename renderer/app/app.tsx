import { useEffect, useState } from 'react'
import { EnrolScreen } from '../features/sign-in/enrol-screen.tsx'
import { SignInScreen } from '../features/sign-in/sign-in-screen.tsx'
import { startStore, stopStore } from '../store/current-store.ts'
import { type DeskStorage, deskStorage } from '../store/open-database.ts'
import { useDeskStatus } from '../store/use-desk-status.ts'
import { watchDeskStatus } from '../store/watch-desk-status.ts'
import { t } from '../text/t.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { Frame } from './frame.tsx'
import { Providers } from './providers.tsx'
import { Screen } from './screen.tsx'

/** The page: who are you, then the work. `storage` is RxDB's storage; tests bring one in memory. */
export function App({ storage }: { readonly storage?: DeskStorage }) {
  useEffect(watchDeskStatus, [])
  return (
    <Providers>
      <ErrorBoundary>
        <Door storage={storage} />
      </ErrorBoundary>
    </Providers>
  )
}

function Door({ storage }: { readonly storage: DeskStorage | undefined }) {
  const status = useDeskStatus()
  if (!status) return <p className="centre-screen">{t('frame.opening')}</p>
  if (!status.enrolled) return <EnrolScreen />
  if (!status.staff) return <SignInScreen />
  return <SignedIn key={status.staff.id} storage={storage} />
}

function SignedIn({ storage }: { readonly storage: DeskStorage | undefined }) {
  const [chosen] = useState(() => storage ?? deskStorage())
  useEffect(() => {
    void startStore(chosen)
    return () => void stopStore()
  }, [chosen])
  return (
    <Frame>
      <ErrorBoundary>
        <Screen />
      </ErrorBoundary>
    </Frame>
  )
}
