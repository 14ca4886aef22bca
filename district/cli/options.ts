import type { parseArgs } from 'node:util'

/** A command that cannot do its work, for a reason the reader can act on. */
export class CommandFailed extends Error {}

export const optionTable = {
  data: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  seed: { type: 'string' },
  'demo-clock': { type: 'string' },
  'database-url': { type: 'string' },
  unit: { type: 'string' },
  name: { type: 'string' },
  hours: { type: 'string' },
  to: { type: 'string' },
  from: { type: 'string' },
  replaces: { type: 'string' },
  desk: { type: 'string' },
  tls: { type: 'boolean' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  pin: { type: 'string' },
  'next-pin': { type: 'string' },
  undo: { type: 'boolean' },
  for: { type: 'string' },
  key: { type: 'string' },
  'passphrase-file': { type: 'string' },
  'without-scans': { type: 'boolean' },
  replace: { type: 'boolean' },
  receipt: { type: 'string' },
  retired: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

export type Options = ReturnType<typeof parseArgs<{ options: typeof optionTable }>>['values']

export const helpText = `Một Cửa – máy chủ cấp trên (district server)

Usage: district <command> --data DIR [options]

  serve        Runs the district until it is told to stop. Prints "ready URL" when it answers.
    --port N               port to listen on; 0 (default) takes a free one
    --host HOST            address to listen on (default 127.0.0.1)
    --seed NAME            load a shipped data set: vu-ban-2022 or vu-ban-2025
    --demo-clock ISO       let the district's clock start at this moment (never in service)
    --tls                  answer with TLS and an own certificate, made in DIR; desks know it by its key
    --tls-cert, --tls-key FILE   answer with TLS and this certificate
    --pin PIN              the certificate of the proxy in front: a PEM file, or 64 hexadecimal digits (SHA-256 of its key)
    --next-pin PIN         the key --tls-cert or --pin will change to, so that desks learn it in time
  renew-tls    Changes the certificate of serve --tls to the one desks were told of. Restart the district then.
  enrol-code   Makes a one-time code for a new desk; the last line printed is the code.
    --unit UNIT            the desk's unit, such as "goi"
    --name NAME            the desk's name (default: what the desk calls itself)
    --hours N              how long the code is good for (default 24)
    --replaces ID          the dead desk whose place the new one takes, see status; it is shut out at that moment.
                           For a desk that lost its own identity file: its own id
  recovery-key Makes a unit's recovery key: its private half goes into a file under a passphrase and nowhere else.
    --unit UNIT            the unit, such as "goi"
    --to FILE              the file to write; keep it and the passphrase apart
    --passphrase-file FILE take the passphrase from a file instead of asking
  open-escrow  Lends a dead desk's data key to the desk that takes its place.
    --desk ID              the dead desk, see status
    --for ID               the desk that takes its place
    --key FILE             the unit's recovery key file
    --passphrase-file FILE take the passphrase from a file instead of asking
  take-courier Takes in what a desk wrote to a USB stick, and writes the receipt to carry back.
    --from FILE            the desk's file
    --receipt FILE         the receipt to write; only that desk can open it
    --retired              take it although the desk is retired
  status       Desks, last contact, counts and open incidents.
  retire-desk  Refuses a desk from its next request on; it keeps what it holds.
    --desk ID              the desk, see status
    --undo                 let it in again
  backup       Writes everything to one file, while the district runs or not.
    --to FILE              the file to write; it holds personal data and the district's key
    --without-scans        leave the scans out
  restore      Fills the district from a backup and begins a new epoch. The district must not be running.
    --from FILE            the file to read
    --replace              drop what the database holds now

Every command also takes --database-url URL (or DATABASE_URL) for a PostgreSQL of your own;
without it the district runs its own PostgreSQL inside DIR.
`

export function need(
  options: Options,
  name: 'data' | 'unit' | 'to' | 'from' | 'desk' | 'for' | 'key' | 'receipt',
): string {
  const value = options[name]
  if (!value) throw new CommandFailed(`--${name} is missing. Try --help.`)
  return value
}

export function wholeNumber(
  text: string | undefined,
  name: string,
  range: { min: number; max: number; otherwise: number },
): number {
  if (text === undefined) return range.otherwise
  const value = Number(text)
  if (!Number.isInteger(value) || value < range.min || value > range.max) {
    throw new CommandFailed(`--${name} must be a whole number from ${range.min} to ${range.max}.`)
  }
  return value
}
