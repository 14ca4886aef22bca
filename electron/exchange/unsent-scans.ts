import type { JournalIndex, OwnScan } from '../journal/journal-index.ts'

export type UnsentScan = OwnScan

/** Scans own events name that the district has not confirmed to hold. */
export function unsentScans(index: JournalIndex): readonly UnsentScan[] {
  return [...index.ownScans.values()].filter((scan) => !index.scansSent.has(scan.sha256))
}
