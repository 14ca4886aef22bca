import { createHash } from 'node:crypto'
import fs from 'node:fs'
import fsp from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { attachmentFile, heldAttachments } from '../attachments/attachment-store.ts'
import { keyFileIn, openDistrictKey } from '../exchange/district-key.ts'
import type { Queryable, Scoped } from '../store/pool.ts'
import { syncFolderNow } from '../sync-folder.ts'
import { readCertificateFiles } from '../tls/own-certificates.ts'
import { openDistrictBoxKey } from '../vault/district-box-key.ts'
import { backedUpTables, backupFormat, backupVersion } from './backup-file.ts'

const rowsPerFetch = 500

export interface BackupOptions {
  readonly dataFolder: string
  readonly file: string
  readonly takenAt: string
  readonly scans: boolean
}

export interface BackupSummary {
  readonly rows: number
  readonly scans: number
  readonly missingScans: number
}

/** Appears under its name only when whole and on the disk. */
export async function writeBackup(store: Scoped, options: BackupOptions): Promise<BackupSummary> {
  const partial = `${options.file}.partial`
  const summary = { rows: 0, scans: 0, missingScans: 0 }
  try {
    await store.transaction(async (session) => {
      await session.query('set transaction isolation level repeatable read read only')
      const lines = withEnd(contents(session, options, summary))
      await pipeline(Readable.from(lines), createGzip({ level: 6 }), fs.createWriteStream(partial, { mode: 0o600 }))
    })
    const handle = await fsp.open(partial, 'r+')
    await handle.sync()
    await handle.close()
    await fsp.rename(partial, options.file)
    syncFolderNow(path.dirname(path.resolve(options.file)))
  } finally {
    await fsp.rm(partial, { force: true })
  }
  return summary
}

type Summary = { -readonly [K in keyof BackupSummary]: BackupSummary[K] }

async function* contents(session: Queryable, options: BackupOptions, summary: Summary): AsyncGenerator<string> {
  const { rows } = await session.query<{ epoch: string; schema: number }>(
    'select epoch, (select max(version) from schema_version)::int as schema from district',
  )
  const head = { format: backupFormat, version: backupVersion, ...rows[0], takenAt: options.takenAt }
  yield `head ${JSON.stringify(head)}\n`
  openDistrictKey(options.dataFolder)
  const pem = await fsp.readFile(keyFileIn(options.dataFolder), 'utf8')
  yield `key ${JSON.stringify({ pem, box: await openDistrictBoxKey(options.dataFolder), tls: readCertificateFiles(options.dataFolder) })}\n`
  for (const table of backedUpTables) {
    await session.query(`declare backup no scroll cursor for select row_to_json(t)::text as row from ${table} t`)
    for (;;) {
      const page = await session.query<{ row: string }>(`fetch ${rowsPerFetch} from backup`)
      if (page.rows.length === 0) break
      summary.rows += page.rows.length
      yield page.rows.map(({ row }) => `row ${table} ${row}\n`).join('')
    }
    await session.query('close backup')
  }
  if (options.scans) yield* scans(session, options.dataFolder, summary)
}

async function* scans(session: Queryable, dataFolder: string, summary: Summary): AsyncGenerator<string> {
  const { rows } = await session.query<{ unit_id: string; sha256: string }>('select unit_id, sha256 from attachment')
  const missing = new Set(rows.map(({ unit_id, sha256 }) => `${unit_id} ${sha256}`))
  // The folder is the truth: a crash may have come between a scan and its row.
  for await (const { unitId, sha256 } of heldAttachments(dataFolder)) {
    const bytes = await fsp.readFile(attachmentFile(dataFolder, unitId, sha256))
    missing.delete(`${unitId} ${sha256}`)
    summary.scans += 1
    yield `scan ${unitId} ${sha256} ${bytes.toString('base64')}\n`
  }
  summary.missingScans = missing.size
}

async function* withEnd(lines: AsyncIterable<string>): AsyncGenerator<string> {
  const hash = createHash('sha256')
  let count = 0
  for await (const text of lines) {
    hash.update(text)
    count += text.split('\n').length - 1
    yield text
  }
  yield `end ${JSON.stringify({ lines: count, sha256: hash.digest('hex') })}\n`
}
