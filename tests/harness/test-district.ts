import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { clockWithOffset } from '../../district/clock.ts'
import { seed } from '../../district/law/seed.ts'
import { type Cluster, startCluster } from '../../district/postgres/cluster.ts'
import { systemUser } from '../../district/postgres/system-user.ts'
import { type DistrictOptions, type RunningDistrict, startDistrict } from '../../district/start-district.ts'
import { addEnrolmentCode } from '../../district/store/enrolment-codes.ts'
import { migrate } from '../../district/store/migrate.ts'
import { openStore } from '../../district/store/pool.ts'
import { type DeskClient, enrolDesk } from './desk-client.ts'

export interface TestDistrict extends RunningDistrict {
  readonly databaseUrl: string
  readonly code: (unitId?: string, hours?: number) => Promise<string>
  readonly enrol: (unitId?: string) => Promise<DeskClient>
}

/**
 * One real PostgreSQL for a test file, and as many districts on it as the tests want: each in a fresh database, copied
 * in a moment from one that is already seeded.
 */
export class TestCluster {
  readonly #folder: string
  readonly #cluster: Cluster
  readonly #open = new Set<() => Promise<void>>()

  private constructor(folder: string, cluster: Cluster) {
    this.#folder = folder
    this.#cluster = cluster
  }

  static async start(): Promise<TestCluster> {
    const folder = makeTestFolder()
    const cluster = await startCluster(folder)
    const tests = new TestCluster(folder, cluster)
    try {
      await tests.#sql('create database template_district')
      const store = openStore(tests.#url('template_district'), () => {})
      await migrate(store.url)
      await seed(store, 'vu-ban-2022', clockWithOffset(0))
      await store.end()
      return tests
    } catch (cause) {
      // A cluster nobody stops keeps its process alive for ever.
      await tests.stop()
      throw cause
    }
  }

  /** Closes a district and opens it again on the same database and folder. */
  async restart(district: TestDistrict, options: Partial<DistrictOptions> = {}): Promise<TestDistrict> {
    await district.close()
    return this.#start(district.district.dataFolder, district.databaseUrl, options)
  }

  /** Another process of the same district: one database, one data folder. */
  async twin(district: TestDistrict): Promise<TestDistrict> {
    return this.#start(district.district.dataFolder, district.databaseUrl, {})
  }

  async district(options: Partial<DistrictOptions> = {}): Promise<TestDistrict> {
    const name = `d${randomBytes(6).toString('hex')}`
    await this.#sql(`create database ${name} template template_district`)
    return this.#start(path.join(this.#folder, name), this.#url(name), options)
  }

  /** A district whose tables and data folder lie in a folder of the caller's; nothing of it stays once it is closed. */
  async districtIn(folder: string): Promise<TestDistrict> {
    const name = `d${randomBytes(6).toString('hex')}`
    const tables = path.join(folder, 'tables')
    fs.mkdirSync(tables, { mode: 0o700 })
    const user = systemUser()
    if (user) fs.chownSync(tables, user.uid, user.gid)
    await this.#sql(`create tablespace ${name} location '${tables}'`)
    await this.#sql(`create database ${name} template template_district tablespace ${name}`)
    const district = await this.#start(path.join(folder, 'district'), this.#url(name), {})
    return {
      ...district,
      close: async () => {
        await district.close()
        await this.#sql(`drop database ${name}`)
        await this.#sql(`drop tablespace ${name}`)
      },
    }
  }

  async #start(dataFolder: string, databaseUrl: string, options: Partial<DistrictOptions>): Promise<TestDistrict> {
    const running = await startDistrict({ dataFolder, databaseUrl, seed: 'vu-ban-2022', log: 'silent', ...options })
    const close = () => {
      this.#open.delete(close)
      return running.close()
    }
    this.#open.add(close)
    const { store, clock } = running.district
    const code = (unitId = 'goi', hours = 24) => addEnrolmentCode(store, { unitId, deskName: '', hours }, clock.now())
    return { ...running, databaseUrl, code, enrol: async (unitId) => enrolDesk(running.url, await code(unitId)) }
  }

  /** Lets the database refuse this district's sessions while `work` runs. */
  async disconnect(district: TestDistrict, work: () => Promise<void>): Promise<void> {
    const name = new URL(district.databaseUrl).pathname.slice(1)
    await this.#sql(`alter database ${name} allow_connections false`)
    await this.#sql(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
    try {
      await work()
    } finally {
      await this.#sql(`alter database ${name} allow_connections true`)
    }
  }

  async stop(): Promise<void> {
    for (const close of this.#open) await close().catch(() => {})
    await this.#cluster.stop()
    fs.rmSync(this.#folder, { recursive: true, force: true })
  }

  #url(database: string): string {
    return this.#cluster.url.replace(/\/postgres$/, `/${database}`)
  }

  async #sql(text: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#cluster.url })
    await client.connect()
    await client.query(text)
    await client.end()
  }
}

/** A temporary folder that the database's own user can walk through. */
export function makeTestFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mot-cua-district-'))
  fs.chmodSync(folder, 0o711)
  return folder
}
