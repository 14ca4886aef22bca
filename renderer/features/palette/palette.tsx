import './palette.css'
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { foldText } from '../../../shared/core/text-folding.ts'
import { navigate, type Route } from '../../app/route.ts'
import { useProcedures } from '../../store/use-procedures.ts'
import { t } from '../../text/t.ts'
import { paletteStore } from '../../ui/palette-store.ts'
import { paletteProcedures } from './palette-procedures.tsx'
import { usePaletteDossiers } from './use-palette-dossiers.tsx'

/** Ctrl K: dossiers, procedures and places by a few keys, with or without accents. */
export function Palette() {
  const [query, setQuery] = useState('')
  const procedures = useProcedures()
  const dossiers = usePaletteDossiers(query)
  const groups = [
    { group: t('palette.procedures'), actions: paletteProcedures(procedures, query) },
    { group: t('palette.dossiers'), actions: dossiers },
    { group: t('palette.commands'), actions: commands(query) },
  ].filter(({ actions }) => actions.length > 0)
  useFirstMarked(groups.flatMap(({ actions }) => actions.map(({ id }) => id)).join(' '))
  return (
    <Spotlight
      store={paletteStore}
      actions={groups}
      // The lists above are filtered already.
      filter={(_query, given) => given}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      tagsToIgnore={[]}
      nothingFound={t('palette.nothing')}
      scrollable
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      maxHeight={430}
      lockScroll={false}
      overlayProps={{ blur: 0, backgroundOpacity: 0.45 }}
      attributes={{ content: { 'aria-label': t('palette.title') } }}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.field'),
      }}
    />
  )
}

/** Spotlight marks an entry once a query: for Enter what comes later is as good, and so is what stands where the marked one went. */
function useFirstMarked(ids: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other entries stand for other elements.
  useEffect(() => {
    const { listId, query } = paletteStore.getState()
    const list = listId ? document.getElementById(listId) : null
    if (!list || query === '' || list.querySelector('[data-selected]')) return
    list.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
    paletteStore.updateState((state) => ({ ...state, selected: 0 }))
  }, [ids])
}

function commands(query: string): SpotlightActionData[] {
  const places: readonly { readonly label: string; readonly key: string; readonly route: Route }[] = [
    { label: t('frame.workList'), key: 'F1', route: { page: 'work-list' } },
    { label: t('workList.receive'), key: 'F2', route: { page: 'intake' } },
    { label: t('frame.outbox'), key: 'F8', route: { page: 'outbox' } },
    { label: t('catalogue.title'), key: '', route: { page: 'catalogue' } },
  ]
  return places
    .filter(({ label }) => foldText(label).includes(foldText(query)))
    .map(({ label, key, route }) => ({
      id: `place-${route.page}`,
      label,
      onClick: () => navigate(route),
      rightSection: key ? <kbd>{key}</kbd> : undefined,
    }))
}
