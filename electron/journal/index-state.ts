import type { Cursor } from '../../shared/wire/exchange.ts'
import type { ChainHead } from './chain.ts'
import { DossierTable } from './dossier-table.ts'
import type { StandingState } from './event-standing.ts'
import { type EventExtras, EventTable } from './event-table.ts'
import type { RowTable } from './row-table.ts'
import { ScanTable } from './scan-table.ts'
import type { SegmentCoverage } from './segments.ts'

/** On each day `from` … `until` up to `count` numbers after the highest `known` one may have been given. */
export interface PassedOver {
  readonly from: string
  readonly until: string
  readonly count: number
  readonly known: readonly (readonly [string, number])[]
}

/** The index without its tables: what a snapshot's head says. */
export interface IndexState extends StandingState {
  readonly coverage: readonly SegmentCoverage[]
  readonly position: number
  readonly healings: number
  readonly isWhole: boolean
  readonly chainKnownFrom: number
  readonly cursor: Cursor
  readonly chain: ChainHead
  readonly lastOwnAt: string
  readonly lastReceivedAt: string
  readonly ordinals: readonly (readonly [string, number])[]
  readonly passedOver: readonly PassedOver[]
  readonly extras: EventExtras
  readonly mediaTypes: string[]
}

export interface IndexTables {
  readonly events: RowTable
  readonly dossiers: RowTable
  readonly scans: RowTable
}

/** Rows of the tables, in the order a snapshot keeps them. */
export const tableWidths = { events: EventTable.width, dossiers: DossierTable.width, scans: ScanTable.width } as const
