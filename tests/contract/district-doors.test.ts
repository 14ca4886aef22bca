import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { backedUpTables } from '../../district/backup/backup-file.ts'
import { buildServer } from '../../district/http/server.ts'
import { openLog } from '../../district/log.ts'
import { answerOf } from '../harness/desk-client.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

interface Door {
  readonly method: string
  readonly path: string
}

/** What is not for desks, or for desks not known yet: page, its style, health, enrolment. */
const open = ['GET /', 'GET /status.css', 'GET /v1/health', 'POST /v1/enrolments']

const cluster = testCluster()
let district: TestDistrict
let doors: readonly Door[]
beforeAll(async () => {
  district = await cluster.district()
  doors = (await doorsOf(district)).filter(({ method, path }) => !open.includes(`${method} ${path}`))
})

/** Every route the server has, from its own list: a new one is tried here without anybody thinking of it. */
async function doorsOf({ district }: TestDistrict): Promise<readonly Door[]> {
  const server = await buildServer(district, openLog('silent'))
  await server.ready()
  const tree = server.printRoutes({ commonPrefix: false })
  await server.close()
  const above: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', segment = '', methods = ''] = /^([│ ]*)[├└]── (\S+) \(([^)]*)\)$/.exec(line) ?? []
    if (segment === '') return []
    above.splice(indent.length / 4, above.length, segment)
    const pattern = `/${above.join('/')}`.replace(/\/+/g, '/')
    return methods.split(', ').map((method) => ({ method, path: pattern.replace(/:(\w+)/g, (_, name) => fill(name)) }))
  })
}

function fill(name: string): string {
  if (name === 'sha256') return 'a'.repeat(64)
  return name === 'offset' ? '0' : randomUUID()
}

/** Rows, and files of scans and couriers. */
async function stored(): Promise<unknown> {
  const { store, dataFolder } = district.district
  const rows = await Promise.all(
    backedUpTables.map(async (table) => [table, (await store.allUnits.query(`select 1 from ${table}`)).rowCount]),
  )
  const files = ['attachments', 'couriers'].map((name) => path.join(dataFolder, name))
  return [rows, files.map((folder) => (fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true }) : []))]
}

test('the list of doors is the whole one', () => {
  expect(doors.map(({ method, path }) => `${method} ${path.split('/')[2]}`).sort()).toEqual(
    expect.arrayContaining(['GET hints', 'GET lent-keys', 'HEAD attachments', 'PATCH uploads', 'POST couriers']),
  )
  expect(doors.length).toBeGreaterThanOrEqual(17)
})

test('a retired desk is refused at every door, and leaves nothing', async () => {
  const retired = await district.enrol()
  await district.district.store.allUnits.query('update desk set retired_at = now() where desk_id = $1', [
    retired.deskId,
  ])
  const before = await stored()
  for (const { method, path } of doors) {
    const bodiless = method === 'GET' || method === 'HEAD'
    const signed = await retired.sign(method, path, Buffer.from(bodiless ? '' : '{}'), { 'content-type': 'text/plain' })
    const response = await retired.fetch(signed)
    expect([method, path, response.status]).toEqual([method, path, 403])
    if (method !== 'HEAD') expect(await response.json()).toMatchObject({ code: 'desk/retired' })
  }
  expect(await stored()).toEqual(before)
})

test('without a signature no door opens', async () => {
  const before = await stored()
  for (const { method, path } of doors) {
    const body = method === 'GET' || method === 'HEAD' ? {} : { body: '{}' }
    const response = await fetch(district.url + path, { method, ...body })
    expect([method, path, response.status]).toEqual([method, path, 401])
    if (method !== 'HEAD') expect((await answerOf(response)).body).toMatchObject({ code: 'request/unsigned' })
  }
  expect(await stored()).toEqual(before)
})
