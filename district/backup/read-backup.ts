import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import { createGunzip } from 'node:zlib'
import { writeAttachment } from '../attachments/attachment-store.ts'
import { keyFileIn, writeKeyFile } from '../exchange/district-key.ts'
import type { Queryable, Store } from '../store/pool.ts'
import { type BackupHead, backedUpTables, backupFormat, backupVersion } from './backup-file.ts'

/** Lanes leased after the backup was taken are unknown to it; skipping some keeps printed numbers unique. */
const skippedLanes = 20
const rowsPerInsert = 500

export class BackupUnusable extends Error {}

/** Reads the whole file once, using nothing of it: is it complete, unchanged and of this version? */
export async function checkBackup(file: string, schema: number): Promise<BackupHead> {
  const hash = createHash('sha256')
  let head: BackupHead | undefined
  let lines = 0
  let end: { lines: number; sha256: string } | undefined
  for await (const line of linesOf(file)) {
    if (end) throw new BackupUnusable('The backup goes on after its end.')
    if (line.startsWith('end ')) {
      end = JSON.parse(line.slice(4))
      continue
    }
    hash.update(`${line}\n`)
    lines += 1
    if (lines === 1 && line.startsWith('head ')) head = JSON.parse(line.slice(5))
  }
  if (head?.format !== backupFormat) throw new BackupUnusable('This is not a backup of a district.')
  if (!end || end.lines !== lines || end.sha256 !== hash.digest('hex'))
    throw new BackupUnusable('The backup is cut or changed.')
  if (head.version !== backupVersion || head.schema !== schema) {
    throw new BackupUnusable(`The backup is of another version (schema ${head.schema}, here ${schema}).`)
  }
  return head
}

export interface Restored {
  readonly epoch: string
  readonly rows: number
  readonly scans: number
}

/**
 * ```
 * checked file ─► one transaction: empty the tables, fill them, write scans, new epoch, lanes ahead ─► key
 * ```
 * The new epoch makes every desk pull from the beginning and offer again what this database lacks.
 */
export async function readBackup(store: Store, dataFolder: string, file: string): Promise<Restored> {
  const epoch = randomUUID()
  let rows = 0
  let scans = 0
  let key = ''
  await store.transaction(async (session) => {
    await session.query(`truncate ${[...backedUpTables, 'request_nonce'].join(', ')}`)
    rows = 0
    scans = 0
    let waiting: { table: string; rows: string[] } = { table: '', rows: [] }
    for await (const line of linesOf(file)) {
      if (line.startsWith('key ')) key = JSON.parse(line.slice(4)).pem
      if (line.startsWith('scan ') && (await restoreScan(dataFolder, line))) scans += 1
      if (!line.startsWith('row ')) continue
      const table = line.slice(4, line.indexOf(' ', 4))
      if (table !== waiting.table || waiting.rows.length >= rowsPerInsert) {
        await insert(session, waiting)
        waiting = { table, rows: [] }
      }
      waiting.rows.push(line.slice(5 + table.length))
      rows += 1
    }
    await insert(session, waiting)
    await session.query('update district set epoch = $1', [epoch])
    await session.query('update stream set lanes = lanes + $1 where lanes > 0', [skippedLanes])
  })
  if (key) keepKey(dataFolder, key)
  return { epoch, rows, scans }
}

async function insert(session: Queryable, { table, rows }: { table: string; rows: readonly string[] }): Promise<void> {
  if (rows.length === 0) return
  if (!(backedUpTables as readonly string[]).includes(table)) throw new BackupUnusable(`unknown table ${table}`)
  await session.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1::json)`, [
    `[${rows.join(',')}]`,
  ])
}

/** Desks check verdicts with the key they met at enrolment, which is the backup's. */
function keepKey(dataFolder: string, pem: string): void {
  const file = keyFileIn(dataFolder)
  const present = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined
  if (present === pem) return
  if (present !== undefined) fs.renameSync(file, `${file}.${randomUUID().slice(0, 8)}.old`)
  writeKeyFile(file, pem)
}

async function restoreScan(dataFolder: string, line: string): Promise<boolean> {
  const [, unitId = '', sha256 = '', base64 = ''] = line.split(' ')
  return (await writeAttachment(dataFolder, unitId, sha256, once(Buffer.from(base64, 'base64')))).ok
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const unzipped = createGunzip()
  fs.createReadStream(file)
    .on('error', (error) => unzipped.destroy(error))
    .pipe(unzipped)
  // A scan is one line of megabytes in small pieces: only the new piece is looked through.
  let begun: string[] = []
  try {
    for await (const text of unzipped.setEncoding('utf8')) {
      let from = 0
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        yield begun.join('') + text.slice(from, end)
        begun = []
        from = end + 1
      }
      begun.push(text.slice(from))
    }
  } catch (cause) {
    throw new BackupUnusable('The backup cannot be read: it is missing, cut or not a gzip file.', { cause })
  }
}
