import type { Figure } from './figures/figure.ts'
import type { DistrictProcess } from './world/district-process.ts'
import type { FilledDesk } from './world/filled-desk.ts'
import type { Peers } from './world/peer-app.ts'

/** What a part may ask for; each is made when it is first asked for and put away when the part ends. */
export interface World {
  readonly rounds: number
  readonly dossiers: number
  /** How long a soak lasts. */
  readonly minutes: number
  /** An empty folder of this part's own, which the database's user can walk through. */
  readonly folder: string
  /** Progress, for whoever waits. */
  readonly say: (line: string) => void
  /** A district nobody has written to, one for each choice of more options of its command. */
  readonly emptyDistrict: (...more: readonly string[]) => Promise<DistrictProcess>
  /** The profile of a desk that holds the whole register, and its running district: copies, to be used up. */
  readonly filledDesk: () => Promise<FilledDesk>
  /** Other stores with the same documents, in the same Electron. */
  readonly peers: () => Promise<Peers>
  /** Called when the part ends, however it ends; the last first. */
  readonly whenDone: (close: () => Promise<void>) => void
}

/**
 * A piece of the bench that runs alone: it makes all its figures, and measuring it again replaces all of them.
 * Register a new one in `parts.ts`, and its targets in `targets.ts`.
 */
export interface Part {
  readonly id: string
  /** What it measures, for the usage text. */
  readonly what: string
  /** Left out unless it is named: it takes as long as it is told to. */
  readonly onRequest?: boolean
  readonly run: (world: World) => Promise<readonly Figure[]>
}
