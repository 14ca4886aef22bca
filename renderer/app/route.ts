import { useSyncExternalStore } from 'react'
import type { DossierId, DraftId } from '../../shared/core/ids.ts'

/** Where the officer is. The hash holds it, so that a reload comes back to the same screen. */
export type Route =
  | { readonly page: 'work-list' }
  | { readonly page: 'intake'; readonly draftId?: DraftId; readonly procedureCode?: string }
  | { readonly page: 'dossier'; readonly dossierId: DossierId }
  | { readonly page: 'outbox' }
  | { readonly page: 'catalogue' }

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?')
  const [page, id] = path.split('/')
  switch (page) {
    case 'intake': {
      const procedureCode = new URLSearchParams(query).get('procedure')
      return {
        page,
        ...(id ? { draftId: decodeURIComponent(id) as DraftId } : {}),
        ...(procedureCode ? { procedureCode } : {}),
      }
    }
    case 'dossier':
      return id ? { page, dossierId: decodeURIComponent(id) as DossierId } : { page: 'work-list' }
    case 'outbox':
    case 'catalogue':
      return { page }
    default:
      return { page: 'work-list' }
  }
}

export function formatRoute(route: Route): string {
  switch (route.page) {
    case 'intake': {
      const query = route.procedureCode ? `?procedure=${encodeURIComponent(route.procedureCode)}` : ''
      return `#/intake${route.draftId ? `/${route.draftId}` : ''}${query}`
    }
    case 'dossier':
      return `#/dossier/${route.dossierId}`
    default:
      return `#/${route.page}`
  }
}

export function navigate(route: Route): void {
  window.location.hash = formatRoute(route)
}

/** Changes the address without a new step of history: a new intake that got its draft id. */
export function replaceRoute(route: Route): void {
  window.history.replaceState(null, '', formatRoute(route))
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}

let lastHash: string | undefined
let lastRoute: Route = { page: 'work-list' }

function currentRoute(): Route {
  const { hash } = window.location
  if (hash !== lastHash) {
    lastHash = hash
    lastRoute = parseRoute(hash)
  }
  return lastRoute
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute)
}
