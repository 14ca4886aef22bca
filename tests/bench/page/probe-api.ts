/** What the probe in the page answers to the bench; everything is in milliseconds. */
export interface Probe {
  /** Throws the probe's own store away and builds it anew from the journal, as the app does with a lost view. */
  readonly rebuild: () => Promise<number>
  /** Opens the store of the running app for reading, with an index of its own. */
  readonly openApps: () => Promise<{ readonly open: number }>
  /** A page of the open dossiers from each of these places in the list on: what the list shows of them, or whole. */
  readonly list: (what: 'rows' | 'dossiers', ranks: readonly number[], size: number) => Promise<readonly number[]>
  readonly counts: (times: number) => Promise<readonly number[]>
  readonly search: (times: number) => Promise<SearchTimes>
  readonly close: () => Promise<void>
}

export interface SearchTimes {
  readonly ms: readonly number[]
  readonly found: number
}
