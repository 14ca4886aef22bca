import './catalogue.css'
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useDeferredValue, useState } from 'react'
import { navigate } from '../../app/route.ts'
import { shortNameOf, useProcedures } from '../../store/use-procedures.ts'
import { formatCount } from '../../text/format.ts'
import { t } from '../../text/t.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { usePrimaryKey } from '../../ui/use-primary-key.ts'
import { ProcedureCard } from './procedure-card.tsx'
import { bySector, searchCatalogue } from './search-catalogue.ts'

/** Niêm yết: what each procedure asks, costs and takes, by sector. */
export function CatalogueScreen() {
  const procedures = useProcedures()
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query)
  const [chosen, setChosen] = useState<string>()
  const sectors = bySector(searchCatalogue(procedures, wanted))
  const found = sectors.flatMap((sector) => sector.procedures)
  const selected = found.find(({ code }) => code === chosen) ?? found[0]

  usePrimaryKey(selected && (() => navigate({ page: 'intake', procedureCode: selected.code })))

  function moveBy(event: KeyboardEvent, step: number): void {
    const next = selected && found[found.indexOf(selected) + step]
    event.preventDefault()
    if (!next) return
    setChosen(next.code)
    document.getElementById(`procedure-${next.code}`)?.scrollIntoView({ block: 'nearest' })
  }

  function handleKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') moveBy(event, 1)
    else if (event.key === 'ArrowUp') moveBy(event, -1)
  }

  return (
    <>
      <div className="head">
        <h1>{t('catalogue.title')}</h1>
        <span className="muted">{t('catalogue.lead', { count: formatCount(procedures.length) })}</span>
      </div>
      <div className="catalogue-split">
        <section className="card catalogue-side" aria-label={t('catalogue.list')} onKeyDown={handleKey}>
          <TextInput
            className="catalogue-search"
            aria-label={t('catalogue.searchField')}
            placeholder={t('catalogue.searchPlaceholder')}
            leftSection={<IconSearch size={15} aria-hidden />}
            value={query}
            autoFocus
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          <div className="scroll">
            {sectors.map(({ name, procedures: own }) => (
              <section key={name}>
                <h2 className="sector">{name}</h2>
                <ul className="procedures">
                  {own.map((procedure) => (
                    <li key={procedure.code}>
                      <button
                        type="button"
                        id={`procedure-${procedure.code}`}
                        aria-current={procedure === selected}
                        onClick={() => setChosen(procedure.code)}
                      >
                        {shortNameOf(procedure)}
                        <small>{procedure.processingText}</small>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
            {found.length === 0 ? <EmptyState text={emptyText(procedures.length, wanted)} /> : null}
          </div>
        </section>
        {selected ? <ProcedureCard procedure={selected} /> : <section className="card" />}
      </div>
    </>
  )
}

function emptyText(known: number, query: string): string {
  return known === 0 ? t('catalogue.none') : t('catalogue.empty', { query })
}
