import type { RxCollection } from 'rxdb/plugins/core'

/** Parts of RxDB that are not public: what it has read before and answers from memory. */
interface Caches {
  readonly _queryCache: { readonly _map: Map<string, unknown> }
  readonly _docCache: { readonly cacheItemByDocId: Map<string, unknown> }
}

/** The next reading reads again: without this a bench that asks twice measures RxDB's memory and not its storage. */
export function forgetCached<T>(collection: RxCollection<T>): void {
  const { _queryCache, _docCache } = collection as unknown as Caches
  _queryCache._map.clear()
  _docCache.cacheItemByDocId.clear()
}
