import { appendFile, rename, stat } from 'node:fs/promises'
import path from 'node:path'

/** What may be logged: codes, ids, counts, durations. Never a name, a number of a person, an address or a body. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

export interface Log {
  readonly info: (event: string, fields?: LogFields) => void
  readonly error: (event: string, cause: unknown, fields?: LogFields) => void
}

const maxLogBytes = 2 * 1024 * 1024

/** One JSON line an event, in a file that is turned over once it is large. */
export function createLog(folder: string, now: () => string): Log {
  const file = path.join(folder, 'desk.log')
  let last: Promise<void> = Promise.resolve()
  const write = (line: object) => {
    last = last.then(() => appendLine(file, `${JSON.stringify(line)}\n`)).catch(() => undefined)
  }
  return {
    info: (event, fields = {}) => write({ at: now(), event, ...fields }),
    error: (event, cause, fields = {}) => write({ at: now(), level: 'error', event, ...describe(cause), ...fields }),
  }
}

async function appendLine(file: string, line: string): Promise<void> {
  const size = await stat(file).then(
    (stats) => stats.size,
    () => 0,
  )
  if (size > maxLogBytes) await rename(file, `${file}.1`)
  await appendFile(file, line, { mode: 0o600 })
}

/** Code, kind and place of an error; its message may quote input, so it stays out. */
function describe(cause: unknown): LogFields {
  if (!(cause instanceof Error)) return { kind: typeof cause }
  const place = cause.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 4)
    .map((line) => line.trim().replace(/\(?(?:file:\/\/)?\/?[^\s()]*[/\\]/, '('))
    .join(' < ')
  return { kind: cause.name, code: (cause as NodeJS.ErrnoException).code, place }
}
