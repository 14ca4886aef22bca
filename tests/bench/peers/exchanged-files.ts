/** Documents, one a line. */
export interface DocumentFile {
  readonly path: string
  readonly lines: number
}

/** What a store exchanges in its turn: what warms it without a clock, and right behind that what is measured. */
export interface ExchangedFiles {
  readonly warm: DocumentFile
  readonly measured: DocumentFile
}
