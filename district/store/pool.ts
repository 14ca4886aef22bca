import pg from 'pg'
import { type CopiedRow, copyOut } from './copy-out.ts'
import { everyUnit, leaveSuperuser, scopeSetting } from './unit-wall.ts'

/** What a query can be sent to: the pool, or the one session of a transaction. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>
}

/** Queries and transactions of one scope: one unit, or all of them. */
export interface Scoped extends Queryable {
  /** Runs `work` in one transaction, again when the database asks for it. */
  readonly transaction: <T>(work: (session: Queryable) => Promise<T>) => Promise<T>
  /** Runs `work` in one session, so that questions asked together are answered together. */
  readonly together: <T>(work: (session: Queryable) => Promise<T>) => Promise<T>
  /** What a query finds, undecoded; it takes no parameters, so what is put into it must be quoted. */
  readonly copyOut: (query: string) => Promise<readonly CopiedRow[]>
  /** For what may be forgotten in a crash of the machine (nonces, last contact): commits without waiting for the disk. */
  readonly relaxed: Queryable
}

/**
 * ```
 * store            tables without a unit only; any other fails: no unit is set
 * store.ofUnit(u)  rows of u alone, whatever a query asks for        (what requests use)
 * store.allUnits   every unit                                        (commands of whoever keeps the server)
 * ```
 * 1. The scope is a setting of the session, looked at by the policies of `unit-wall.ts`.
 * 2. A session remembers its scope, so one that goes on with the same unit pays nothing for it. Between district and
 *    database there must be no proxy that shares sessions between transactions.
 * 3. Queries of a session are sent at once and done in that order: those that need not wait for each other's answer
 *    cost one way to the database and back. Where one of a transaction fails, the ones behind it do nothing,
 *    and the transaction fails with what failed the first one.
 */
export interface Store extends Scoped {
  readonly url: string
  readonly ofUnit: (unitId: string) => Scoped
  readonly allUnits: Scoped
  readonly end: () => Promise<void>
}

/** int8 as a number: counters here stay far below 2^53. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)
  },
} as pg.CustomTypesConfig

export function openStore(url: string, onIdleError: (error: Error) => void): Store {
  const common = {
    connectionString: url,
    types,
    connectionTimeoutMillis: 10_000,
    onConnect: leaveSuperuser,
    pipeline: true,
  }
  const pool = new pg.Pool({ ...common, max: 16, application_name: 'mot-cua' })
  const relaxedPool = new pg.Pool({
    ...common,
    max: 4,
    application_name: 'mot-cua-relaxed',
    options: '-c synchronous_commit=off',
  })
  for (const each of [pool, relaxedPool]) {
    each.on('error', onIdleError)
    // A session that breaks while it is in use fails its query; without a listener it would end the process.
    each.on('connect', (client) => client.on('error', () => {}))
  }
  const scoped = (scope: Scope): Scoped => ({
    query: (text, values) => inSession(pool, scope, (session) => session.query(text, values)),
    transaction: (work) => inTransaction(pool, scope, work),
    together: (work) => inSession(pool, scope, work),
    copyOut: (query) => inSession(pool, scope, (session) => copyOut(session, query)),
    relaxed: { query: (text, values) => inSession(relaxedPool, scope, (session) => session.query(text, values)) },
  })
  return {
    ...scoped(''),
    url,
    ofUnit: scoped,
    allUnits: scoped(everyUnit),
    end: async () => {
      await Promise.all([pool.end(), relaxedPool.end()])
    },
  }
}

/** A unit's id, `everyUnit`, or empty for none. */
type Scope = string

const scopes = new WeakMap<pg.PoolClient, Scope>()

async function inSession<T>(pool: pg.Pool, scope: Scope, work: (session: pg.PoolClient) => Promise<T>): Promise<T> {
  const session = await pool.connect()
  let broken: Error | undefined
  try {
    if (scopes.get(session) !== scope) {
      scopes.delete(session)
      await session.query(`select set_config('${scopeSetting}', $1, false)`, [scope])
      scopes.set(session, scope)
    }
    return await work(session)
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    session.release(broken)
  }
}

/** An earlier statement of the transaction failed. */
const abortedBefore = '25P02'
/** Serialization failure, deadlock: the database asks to try again. */
const tryAgain: ReadonlySet<string> = new Set(['40001', '40P01'])

async function inTransaction<T>(
  pool: pg.Pool,
  scope: Scope,
  work: (session: Queryable) => Promise<T>,
  tries = 3,
): Promise<T> {
  try {
    return await inSession(pool, scope, async (session) => {
      let first: unknown
      const noting: Queryable = {
        query: (text, values) =>
          session.query(text, values).catch((error: unknown) => {
            first ??= error
            throw error
          }),
      }
      try {
        const begun = session.query('begin')
        const [value] = await Promise.all([work(noting), begun])
        await session.query('commit')
        return value
      } catch (error) {
        // The one behind it may be heard of earlier, and says nothing but that it did nothing.
        throw (error as { code?: string }).code === abortedBefore ? (first ?? error) : error
      }
    })
  } catch (error) {
    const { code } = error as { code?: string }
    if (tries <= 1 || !code || !tryAgain.has(code)) throw error
  }
  return inTransaction(pool, scope, work, tries - 1)
}
