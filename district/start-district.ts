import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { dropPartialAttachments } from './attachments/attachment-store.ts'
import { dropStaleUploads } from './attachments/resumable-uploads.ts'
import { type Clock, clockWithOffset } from './clock.ts'
import { openDataFolder } from './data-folder.ts'
import type { District } from './district.ts'
import { openDistrictKey } from './exchange/district-key.ts'
import { gateOf } from './exchange/gate.ts'
import { judgeLeftParked } from './exchange/judge-left-parked.ts'
import { pagesAhead } from './exchange/pages-ahead.ts'
import { serialByKey } from './exchange/serial-by-key.ts'
import { hintHub } from './hints/hint-hub.ts'
import { followStreams } from './hints/stream-news.ts'
import { describe } from './http/answer-errors.ts'
import { buildServer } from './http/server.ts'
import { lawBooksOf } from './law/law-books.ts'
import { seed } from './law/seed.ts'
import type { SeedName } from './law/seed-data.ts'
import { openLog } from './log.ts'
import { readDistrictRow } from './store/district-row.ts'
import { migrate } from './store/migrate.ts'
import { dropExpiredNonces } from './store/nonces.ts'
import { openStore } from './store/pool.ts'
import type { KeyAndCertificate } from './tls/make-certificate.ts'
import { openDistrictBoxKey } from './vault/district-box-key.ts'

/** One judges while another waits for the disk. */
const heavyAtOnce = 2
/** Batches held in memory until their turn; a district takes some ten of them a second. */
const mostWaiting = 48

export interface DistrictOptions {
  readonly dataFolder: string
  readonly databaseUrl: string
  readonly seed?: SeedName | undefined
  readonly clock?: Clock
  readonly host?: string
  /** 0 takes a free one. */
  readonly port?: number
  readonly log?: 'silent' | 'warn' | 'info'
  /** Speaks TLS by itself. */
  readonly certificate?: KeyAndCertificate
  readonly tlsPins?: readonly string[]
}

export interface RunningDistrict {
  readonly url: string
  readonly district: District
  readonly close: () => Promise<void>
}

/**
 * ```
 * database ─► migrate ─► seed ─► key, epoch ─► listen for news ─► judge what was left parked ─► answer
 * ```
 * Given a database that runs; who started that one also stops it.
 */
export async function startDistrict(options: DistrictOptions): Promise<RunningDistrict> {
  const clock = options.clock ?? clockWithOffset(0)
  const log = openLog(options.log ?? 'warn')
  const dataFolder = openDataFolder(options.dataFolder)
  await dropPartialAttachments(dataFolder)
  await dropStaleUploads(dataFolder)
  await migrate(options.databaseUrl)
  const store = openStore(options.databaseUrl, (error) =>
    log.warn({ failure: describe(error) }, 'database session lost'),
  )
  await readDistrictRow(store, clock.now())
  if (options.seed) await seed(store, options.seed, clock)
  const { epoch, name } = await readDistrictRow(store, clock.now())
  const hub = hintHub((unitId, seq) => news.announce(unitId, seq))
  const news = followStreams(store, hub.heard, hub.unitIds)
  const district: District = {
    dataFolder,
    store,
    clock,
    key: openDistrictKey(dataFolder),
    boxKey: await openDistrictBoxKey(dataFolder),
    epoch,
    name,
    adminToken: readAdminToken(dataFolder),
    tlsPins: options.tlsPins ?? [],
    hints: hub,
    lawBooks: lawBooksOf(store),
    serially: serialByKey(),
    taking: gateOf(heavyAtOnce, mostWaiting),
    giving: gateOf(heavyAtOnce, Number.POSITIVE_INFINITY),
    ahead: pagesAhead(),
  }
  const server = await buildServer(district, log, options.certificate)
  const sweep = async () => {
    await dropExpiredNonces(store.allUnits, clock.now())
    await judgeLeftParked(district)
  }
  const trySweep = () => sweep().catch((error: Error) => log.warn({ failure: describe(error) }, 'sweep failed'))
  await trySweep()
  const sweeping = setInterval(() => void trySweep(), 60_000)
  await server.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 })
  const address = server.server.address()
  const port = address && typeof address === 'object' ? address.port : options.port
  const close = async () => {
    clearInterval(sweeping)
    await server.close()
    await news.stop()
    await store.end()
  }
  return { url: `${options.certificate ? 'https' : 'http'}://${options.host ?? '127.0.0.1'}:${port}`, district, close }
}

function readAdminToken(dataFolder: string): string {
  const file = path.join(dataFolder, 'admin-token')
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return fs.readFileSync(file, 'utf8').trim()
}
