import type { Clock } from './clock.ts'
import type { DistrictKey } from './exchange/district-key.ts'
import type { HintHub } from './hints/hint-hub.ts'
import type { LawBooks } from './law/law-books.ts'
import type { Store } from './store/pool.ts'

/** What every request is answered with. */
export interface District {
  readonly dataFolder: string
  readonly store: Store
  readonly clock: Clock
  readonly key: DistrictKey
  readonly epoch: string
  readonly name: string
  readonly adminToken: string
  readonly hints: HintHub
  readonly lawBooks: () => Promise<LawBooks>
  /** One after the other within a unit. */
  readonly serially: <T>(unitId: string, work: () => Promise<T>) => Promise<T>
}
