import { instantSchema } from '../../shared/core/schemas.ts'
import { clockWithOffset, demoClock } from '../clock.ts'
import { findRunning, leaveFolder, openDataFolder, takeFolder } from '../data-folder.ts'
import { type SeedName, seedNames } from '../law/seed-data.ts'
import { openLog } from '../log.ts'
import { startCluster } from '../postgres/cluster.ts'
import { startDistrict } from '../start-district.ts'
import { keepPins } from '../tls/pins.ts'
import { CommandFailed, need, type Options, wholeNumber } from './options.ts'
import { tlsOf } from './tls-options.ts'

/** Runs until SIGTERM or SIGINT, then closes in order: requests, streams, database. */
export async function serve(options: Options): Promise<void> {
  const log = openLog('info')
  const seed = seedName(options.seed)
  const port = wholeNumber(options.port, 'port', { min: 0, max: 65_535, otherwise: 0 })
  const clock = clockOf(options['demo-clock'])
  if (clock.offsetMs !== 0) log.warn({ shows: clock.now() }, 'demonstration clock: never use it in service')
  const managed = options['database-url'] ?? process.env.DATABASE_URL
  if (managed && clock.offsetMs !== 0) throw new CommandFailed('--demo-clock is for the embedded database only.')
  const dataFolder = openDataFolder(need(options, 'data'))
  const { certificate, pins } = await tlsOf(options, dataFolder)
  const publish = takeFolder(dataFolder)
  if (!publish)
    throw new CommandFailed(`A district is already running in ${dataFolder} (pid ${findRunning(dataFolder)?.pid}).`)
  const asked = stopSignal()
  try {
    keepPins(dataFolder, pins)
    const cluster = managed ? undefined : await startCluster(dataFolder)
    for (const remark of cluster?.remarks ?? []) log.info({ remark }, 'database placed')
    try {
      const databaseUrl = managed ?? cluster?.url ?? ''
      const running = await startDistrict({
        dataFolder,
        databaseUrl,
        seed,
        clock,
        port,
        log: 'info',
        tlsPins: pins,
        ...(certificate ? { certificate } : {}),
        ...(options.host ? { host: options.host } : {}),
      })
      publish({ databaseUrl, url: running.url, clockOffsetMs: clock.offsetMs })
      process.stdout.write(`ready ${running.url}\n`)
      const why = await Promise.race([asked, ...(cluster ? [cluster.ended.then(() => 'database' as const)] : [])])
      log.info({ why }, 'closing')
      await running.close()
      if (why === 'database') throw new CommandFailed('The database ended by itself; start the district again.')
    } finally {
      await cluster?.stop()
    }
  } finally {
    leaveFolder(dataFolder)
  }
}

function stopSignal(): Promise<'signal'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve('signal'))
  })
}

function seedName(text: string | undefined): SeedName | undefined {
  if (text === undefined) return undefined
  const name = seedNames.find((known) => known === text)
  if (!name) throw new CommandFailed(`--seed must be one of: ${seedNames.join(', ')}.`)
  return name
}

function clockOf(text: string | undefined) {
  if (text === undefined) return clockWithOffset(0)
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new CommandFailed('--demo-clock must be a moment such as 2022-08-17T08:00:00+07:00.')
  return demoClock(instantSchema.parse(new Date(ms).toISOString()))
}
