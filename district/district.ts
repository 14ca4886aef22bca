import type { BoxKey } from '../shared/node/sealed-box.ts'
import type { Clock } from './clock.ts'
import type { DistrictKey } from './exchange/district-key.ts'
import type { Gate } from './exchange/gate.ts'
import type { PagesAhead } from './exchange/pages-ahead.ts'
import type { HintHub } from './hints/hint-hub.ts'
import type { LawBooks } from './law/law-books.ts'
import type { Store } from './store/pool.ts'

/** What every request is answered with. */
export interface District {
  readonly dataFolder: string
  readonly store: Store
  readonly clock: Clock
  readonly key: DistrictKey
  /** Opens what desks sealed for the district. */
  readonly boxKey: BoxKey
  readonly epoch: string
  readonly name: string
  readonly adminToken: string
  /** Keys of its certificates, now and next; empty where desks rely on a public authority. */
  readonly tlsPins: readonly string[]
  readonly hints: HintHub
  readonly lawBooks: () => Promise<LawBooks>
  /** One after the other within a unit. */
  readonly serially: <T>(unitId: string, work: () => Promise<T>) => Promise<T>
  /** Large batches coming in, and large pages going out: a few at a time. */
  readonly taking: Gate
  readonly giving: Gate
  readonly ahead: PagesAhead
}
