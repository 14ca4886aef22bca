import { type Clock, clockWithOffset } from '../clock.ts'
import { findRunning, leaveFolder, openDataFolder, takeFolder } from '../data-folder.ts'
import { startCluster } from '../postgres/cluster.ts'
import { migrate } from '../store/migrate.ts'
import { openStore, type Store } from '../store/pool.ts'
import { CommandFailed, need, type Options } from './options.ts'

export interface OpenDatabase {
  readonly store: Store
  readonly dataFolder: string
  /** The running district's clock, so that a code lives as long as it says even on a demonstration day. */
  readonly clock: Clock
  readonly close: () => Promise<void>
}

/**
 * ```
 * district runs? ── yes ─► its database, found through running.json (0600)
 *                └─ no ──► start the database for the length of this command
 * ```
 */
export async function openDatabase(
  options: Options,
  needs: { alone: boolean } = { alone: false },
): Promise<OpenDatabase> {
  const dataFolder = openDataFolder(need(options, 'data'))
  const running = findRunning(dataFolder)
  if (running) {
    if (needs.alone)
      throw new CommandFailed(`The district in ${dataFolder} is running (pid ${running.pid}); stop it first.`)
    if (!running.databaseUrl) throw new CommandFailed('The district is still starting; try again in a moment.')
    const store = openStore(running.databaseUrl, () => {})
    return { store, dataFolder, clock: clockWithOffset(running.clockOffsetMs), close: () => store.end() }
  }
  const own = await startOwn(dataFolder, options)
  const store = openStore(own.url, () => {})
  const close = async () => {
    await store.end()
    await own.stop()
  }
  return { store, dataFolder, clock: clockWithOffset(0), close }
}

async function startOwn(dataFolder: string, options: Options): Promise<{ url: string; stop: () => Promise<void> }> {
  if (!takeFolder(dataFolder)) throw new CommandFailed('Another command is working in this folder; try again.')
  const managed = options['database-url'] ?? process.env.DATABASE_URL
  try {
    const cluster = managed ? { url: managed, stop: async () => {} } : await startCluster(dataFolder)
    await migrate(cluster.url)
    const stop = async () => {
      await cluster.stop()
      leaveFolder(dataFolder)
    }
    return { url: cluster.url, stop }
  } catch (error) {
    leaveFolder(dataFolder)
    throw error
  }
}
