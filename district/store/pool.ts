import pg from 'pg'

/** What a query can be sent to: the pool, or the one session of a transaction. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>
}

export interface Store extends Queryable {
  readonly url: string
  /** Runs `work` in one transaction, again when the database asks for it. */
  readonly transaction: <T>(work: (session: Queryable) => Promise<T>) => Promise<T>
  /** For what may be forgotten in a crash of the machine (nonces, last contact): commits without waiting for the disk. */
  readonly relaxed: Queryable
  readonly end: () => Promise<void>
}

/** int8 as a number: counters here stay far below 2^53. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)
  },
} as pg.CustomTypesConfig

export function openStore(url: string, onIdleError: (error: Error) => void): Store {
  const common = { connectionString: url, types, connectionTimeoutMillis: 10_000 }
  const pool = new pg.Pool({ ...common, max: 16, application_name: 'mot-cua' })
  const relaxedPool = new pg.Pool({
    ...common,
    max: 4,
    application_name: 'mot-cua-relaxed',
    options: '-c synchronous_commit=off',
  })
  for (const each of [pool, relaxedPool]) each.on('error', onIdleError)
  return {
    url,
    query: (text, values) => pool.query(text, values),
    transaction: (work) => inTransaction(pool, work),
    relaxed: relaxedPool,
    end: async () => {
      await Promise.all([pool.end(), relaxedPool.end()])
    },
  }
}

/** Serialization failure, deadlock: the database asks to try again. */
const tryAgain: ReadonlySet<string> = new Set(['40001', '40P01'])

async function inTransaction<T>(pool: pg.Pool, work: (session: Queryable) => Promise<T>, tries = 3): Promise<T> {
  const session = await pool.connect()
  let broken: Error | undefined
  try {
    await session.query('begin')
    const value = await work(session)
    await session.query('commit')
    return value
  } catch (error) {
    await session.query('rollback').catch((cause: Error) => {
      broken = cause
    })
    const { code } = error as { code?: string }
    if (tries <= 1 || !code || !tryAgain.has(code)) throw error
  } finally {
    session.release(broken)
  }
  return inTransaction(pool, work, tries - 1)
}
