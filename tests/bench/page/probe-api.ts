/** What the probe in the page answers to the bench; everything is in milliseconds. */
export interface Probe {
  /** Throws the probe's own store away and builds it anew from the journal, as the app does with a lost view. */
  readonly rebuild: () => Promise<number>
  readonly list: (times: number) => Promise<ListTimes>
  readonly counts: (times: number) => readonly number[]
  readonly search: (times: number) => Promise<SearchTimes>
  readonly close: () => Promise<void>
}

export interface ListTimes {
  readonly app: readonly number[]
  readonly rxdbQuery: readonly number[]
}

export interface SearchTimes {
  readonly app: readonly number[]
  readonly queries: number
  readonly found: number
}
