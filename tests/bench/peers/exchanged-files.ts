/** Documents, one a line. */
export interface DocumentFile {
  readonly path: string
  readonly lines: number
}

/** What a store exchanges in its turn: first those that warm it, without a clock, and right behind them those that are measured. */
export interface ExchangedFiles {
  readonly warm: DocumentFile
  readonly measured: DocumentFile
}
