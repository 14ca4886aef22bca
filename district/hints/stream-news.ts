import pg from 'pg'
import type { Store } from '../store/pool.ts'

const channel = 'mot_cua_stream'
const pollMs = 15_000
const retryMs = 2_000

/**
 * ```
 * this process: commit ─► NOTIFY unit seq ─► PostgreSQL ─► LISTEN in every process ─► heard
 *                                            └─ stream table, looked at every 15 s ─► heard
 * ```
 * 1. NOTIFY is sent after the commit, on its own: it never slows or fails an exchange.
 * 2. The session that listens is opened again whenever it breaks; what was missed meanwhile the poll finds.
 * 3. A database without LISTEN works by the poll alone.
 */
export interface StreamNews {
  readonly announce: (unitId: string, seq: number) => void
  readonly stop: () => Promise<void>
}

export function followStreams(
  store: Store,
  heard: (unitId: string, seq: number) => void,
  watched: () => readonly string[],
): StreamNews {
  let session: pg.Client | undefined
  let stopped = false
  let retry: NodeJS.Timeout | undefined

  const again = () => {
    session = undefined
    if (!stopped) retry = setTimeout(connect, retryMs)
  }
  const connect = async () => {
    const client = new pg.Client({ connectionString: store.url, application_name: 'mot-cua-listen', keepAlive: true })
    client.on('error', () => client.end().catch(() => {}))
    client.once('end', again)
    client.on('notification', ({ payload = '' }) => {
      const [unitId = '', seq = ''] = payload.split(' ')
      heard(unitId, Number(seq))
    })
    session = client
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      await poll()
    } catch {
      client.end().catch(() => {})
    }
  }
  const poll = async () => {
    const unitIds = watched()
    if (unitIds.length === 0) return
    const { rows } = await store.allUnits.query<{ unit_id: string; seq: number }>(
      'select unit_id, seq from stream where unit_id = any($1::text[])',
      [unitIds],
    )
    for (const { unit_id, seq } of rows) heard(unit_id, seq)
  }
  const timer = setInterval(() => void poll().catch(() => {}), pollMs)
  void connect()
  return {
    announce: (unitId, seq) => {
      store.relaxed.query('select pg_notify($1, $2)', [channel, `${unitId} ${seq}`]).catch(() => {})
    },
    stop: async () => {
      stopped = true
      clearInterval(timer)
      clearTimeout(retry)
      await session?.end().catch(() => {})
    },
  }
}
