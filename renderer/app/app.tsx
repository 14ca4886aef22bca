import { useEffect, useState } from 'react'
import { EnrolScreen } from '../features/sign-in/enrol-screen.tsx'
import { SignInScreen } from '../features/sign-in/sign-in-screen.tsx'
import { startStore, stopStore } from '../store/current-store.ts'
import { type DeskStorage, databaseName, deskStorage } from '../store/open-database.ts'
import { useDeskStatus } from '../store/use-desk-status.ts'
import { watchDeskStatus } from '../store/watch-desk-status.ts'
import { t } from '../text/t.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { Frame } from './frame.tsx'
import { Providers } from './providers.tsx'
import { Screen } from './screen.tsx'

/** Where the page keeps its store; tests bring one in memory. */
export interface StorePlace {
  readonly storage: DeskStorage
  readonly name: string
}

function indexedDbPlace(): StorePlace {
  return { storage: deskStorage(), name: databaseName }
}

/** The page: who are you, then the work. */
export function App({ place }: { readonly place?: StorePlace }) {
  useEffect(watchDeskStatus, [])
  return (
    <Providers>
      <ErrorBoundary>
        <Door place={place} />
      </ErrorBoundary>
    </Providers>
  )
}

function Door({ place }: { readonly place: StorePlace | undefined }) {
  const status = useDeskStatus()
  if (!status) return <p className="centre-screen">{t('frame.opening')}</p>
  if (!status.enrolled) return <EnrolScreen former={status.former} />
  if (!status.staff) return <SignInScreen />
  return <SignedIn key={status.staff.id} place={place} />
}

function SignedIn({ place }: { readonly place: StorePlace | undefined }) {
  const [chosen] = useState(() => place ?? indexedDbPlace())
  useEffect(() => {
    void startStore(chosen.storage, chosen.name)
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
