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
  'without-scans': { type: 'boolean' },
  replace: { type: 'boolean' },
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
  enrol-code   Makes a one-time code for a new desk; the last line printed is the code.
    --unit UNIT            the desk's unit, such as "goi"
    --name NAME            the desk's name (default: what the desk calls itself)
    --hours N              how long the code is good for (default 24)
  status       Desks, last contact, counts and open incidents.
  backup       Writes everything to one file, while the district runs or not.
    --to FILE              the file to write; it holds personal data and the district's key
    --without-scans        leave the scans out
  restore      Fills the district from a backup and begins a new epoch. The district must not be running.
    --from FILE            the file to read
    --replace              drop what the database holds now

Every command also takes --database-url URL (or DATABASE_URL) for a PostgreSQL of your own;
without it the district runs its own PostgreSQL inside DIR.
`

export function need(options: Options, name: 'data' | 'unit' | 'to' | 'from'): string {
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
