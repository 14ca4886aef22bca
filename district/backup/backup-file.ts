/**
 * A backup is one gzip file of text lines, readable by any tool:
 * ```
 * head   {"format":"mot-cua-backup","version":1,"schema":1,"epoch":…,"takenAt":…}
 * key    {"pem":…,"box":{…},"tls":{…}}           the district's signing key, letter box and own certificates
 * row    <table> {…}                              every row of every table, as JSON of PostgreSQL
 * scan   <unit> <sha256> <base64>                 every scan, unless left out
 * end    {"lines":n,"sha256":…}                   of all lines before it
 * ```
 * 1. All rows come from one snapshot, so a backup taken while desks exchange is still one moment.
 * 2. A file that is cut or changed is refused before anything of it is used.
 * 3. It holds personal data and a key: mode 0600, and to be kept like the register itself.
 */
export const backupFormat = 'mot-cua-backup'
export const backupVersion = 1

/** What is carried. Nonces are not: their requests have expired by then. */
export const backedUpTables = [
  'district',
  'publication',
  'desk',
  'enrolment_code',
  'stream',
  'event',
  'refused_event',
  'parked_event',
  'chain_link',
  'dossier_number',
  'incident',
  'attachment',
  'desk_contact',
  'desk_escrow',
  'lent_key',
] as const

export interface BackupHead {
  readonly format: string
  readonly version: number
  readonly schema: number
  readonly epoch: string
  readonly takenAt: string
}
