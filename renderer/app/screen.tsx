import { CatalogueScreen } from '../features/catalogue/catalogue-screen.tsx'
import { DossierScreen } from '../features/dossier/dossier-screen.tsx'
import { IntakeScreen } from '../features/intake/intake-screen.tsx'
import { OutboxScreen } from '../features/outbox/outbox-screen.tsx'
import { WorkListScreen } from '../features/work-list/work-list-screen.tsx'
import { useRoute } from './route.ts'

/** The screen of the address. */
export function Screen() {
  const route = useRoute()
  switch (route.page) {
    case 'work-list':
      return <WorkListScreen />
    case 'intake':
      return <IntakeScreen />
    case 'dossier':
      return <DossierScreen key={route.dossierId} dossierId={route.dossierId} />
    case 'outbox':
      return <OutboxScreen />
    case 'catalogue':
      return <CatalogueScreen />
  }
}
