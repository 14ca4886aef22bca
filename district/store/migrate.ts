import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import Postgrator from 'postgrator'
import { raiseUnitWall } from './unit-wall.ts'

/** Brings the database to the newest schema, walls its units off from each other, and answers its version. */
export async function migrate(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const postgrator = new Postgrator({
      driver: 'pg',
      migrationPattern: asPattern(path.join(findMigrations(), '*.sql')),
      schemaTable: 'schema_version',
      execQuery: (query) => client.query(query),
    })
    await postgrator.migrate()
    await raiseUnitWall(client)
    return await postgrator.getDatabaseVersion()
  } finally {
    await client.end()
  }
}

/** Beside this file, in the sources and in the bundle alike. */
function findMigrations(): string {
  const folders = ['migrations', '../migrations'].map((name) => path.join(import.meta.dirname, name))
  const found = folders.find((folder) => fs.existsSync(folder))
  if (!found) throw new Error('the migrations of the database are missing')
  return found
}

/** A path may hold what a pattern reads otherwise: "Mot Cua [thu]". */
function asPattern(file: string): string {
  const { dir, base } = path.parse(file)
  return `${dir.replaceAll('\\', '/').replace(/[[\]?*]/g, '[$&]')}/${base}`
}
