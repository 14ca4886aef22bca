import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { createGunzip } from 'node:zlib'
import type { BoxKey } from '../../shared/node/sealed-box.ts'
import { writeAttachment } from '../attachments/attachment-store.ts'
import { keyFileIn, writeKeyFile } from '../exchange/district-key.ts'
import { forgottenLanes } from '../store/lanes.ts'
import type { Queryable, Scoped } from '../store/pool.ts'
import { certificateFolderIn } from '../tls/own-certificates.ts'
import { boxKeyFileIn, formatBoxKey } from '../vault/district-box-key.ts'
import { type BackupHead, backedUpTables, backupFormat, backupVersion } from './backup-file.ts'

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
export async function readBackup(store: Scoped, dataFolder: string, file: string): Promise<Restored> {
  const epoch = randomUUID()
  let rows = 0
  let scans = 0
  let keys: BackedUpKeys | undefined
  await store.transaction(async (session) => {
    await session.query(`truncate ${[...backedUpTables, 'request_nonce'].join(', ')}`)
    rows = 0
    scans = 0
    let waiting: { table: string; rows: string[] } = { table: '', rows: [] }
    for await (const line of linesOf(file)) {
      if (line.startsWith('key ')) keys = JSON.parse(line.slice(4))
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
    // Also of units without a desk so far: their first one may have come, and printed numbers, after the backup.
    await session.query(
      `insert into stream as s (unit_id, lanes)
       select distinct unit ->> 'id', $1::int from publication, json_array_elements(body::json -> 'units') unit
       where kind = 'units' on conflict (unit_id) do update set lanes = s.lanes + $1`,
      [forgottenLanes],
    )
  })
  if (keys) {
    keepKey(keyFileIn(dataFolder), keys.pem)
    keepKey(boxKeyFileIn(dataFolder), formatBoxKey(keys.box))
    keepCertificates(dataFolder, keys.tls)
  }
  return { epoch, rows, scans }
}

async function insert(session: Queryable, { table, rows }: { table: string; rows: readonly string[] }): Promise<void> {
  if (rows.length === 0) return
  if (!(backedUpTables as readonly string[]).includes(table)) throw new BackupUnusable(`unknown table ${table}`)
  await session.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1::json)`, [
    `[${rows.join(',')}]`,
  ])
}

interface BackedUpKeys {
  readonly pem: string
  readonly box: BoxKey
  /** By file name; empty where the district has no certificate of its own. */
  readonly tls: Readonly<Record<string, string>>
}

function keepCertificates(dataFolder: string, files: BackedUpKeys['tls']): void {
  const folder = certificateFolderIn(dataFolder)
  if (Object.keys(files).length > 0) fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const [name, text] of Object.entries(files)) keepKey(path.join(folder, path.basename(name)), text)
}

/** Desks check verdicts with the key they met at enrolment and seal to the box they met there: the backup's. */
function keepKey(file: string, text: string): void {
  const present = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined
  if (present === text) return
  if (present !== undefined) fs.renameSync(file, `${file}.${randomUUID().slice(0, 8)}.old`)
  writeKeyFile(file, text)
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
