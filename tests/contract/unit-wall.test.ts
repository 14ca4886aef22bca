import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { readChainHead } from '../../district/store/chain.ts'
import type { Desk } from '../../district/store/desks.ts'
import { readStreamHead } from '../../district/store/events.ts'
import { migrate } from '../../district/store/migrate.ts'
import { openStore, type Store } from '../../district/store/pool.ts'
import { readPage } from '../../district/store/stream-pages.ts'
import type { DeskClient } from '../harness/desk-client.ts'
import { eventText, noteText, receivedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()
let district: TestDistrict
let store: Store
let goi: DeskClient
let other: DeskClient
let dossierId: string
const scan = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(300)])
const scanHash = createHash('sha256').update(scan).digest('hex')

beforeAll(async () => {
  district = await cluster.district()
  store = district.district.store
  goi = await district.enrol('goi')
  other = await district.enrol('tan-khanh')
  const received = receivedText(goi)
  dossierId = JSON.parse(received).dossierId
  // One of each: accepted, refused, an incident, a scan, a contact, a nonce.
  await goi.exchange([goi.chain(received), goi.chain(eventText(goi, { unitId: 'tan-khanh', type: 'x', body: {} }))])
  await goi.attachment('PUT', scanHash, scan)
  await other.exchange()
})

/** Every table keyed by unit, those of migrations to come included. */
async function walledTables(): Promise<readonly string[]> {
  const { rows } = await store.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where a.attname = 'unit_id' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
  )
  return rows.map(({ name }) => name)
}

test('a query that forgets its unit gets the rows of its own unit only, in every table', async () => {
  const tables = await walledTables()
  expect(tables).toEqual(
    expect.arrayContaining(['event', 'refused_event', 'chain_link', 'attachment', 'request_nonce']),
  )
  const filled = [
    'desk',
    'enrolment_code',
    'publication',
    'event',
    'refused_event',
    'chain_link',
    'dossier_number',
    'incident',
    'attachment',
    'desk_contact',
    'request_nonce',
  ]
  for (const table of tables) {
    const count = async (from: Pick<Store, 'query'>) =>
      (await from.query<{ unit_id: string }>(`select unit_id from ${table}`)).rows.filter(
        (row) => row.unit_id === 'goi',
      ).length
    if (filled.includes(table)) expect(await count(store.allUnits), table).toBeGreaterThan(0)
    expect(await count(store.ofUnit('goi')), table).toBe(await count(store.allUnits))
    expect(await count(store.ofUnit('tan-khanh')), table).toBe(0)
    if (!filled.includes(table)) continue
    expect(await count(store.ofUnit('')).catch((error: Error) => error.message), table).toContain('no unit is set')
    expect(await count(store).catch((error: Error) => error.message), table).toContain('no unit is set')
  }
})

test('a query for another unit reads nothing, changes nothing, removes nothing and adds nothing', async () => {
  const wrong = store.ofUnit('tan-khanh')
  const desk = { unitId: 'goi', deskId: goi.deskId } as unknown as Desk
  expect((await readPage(wrong, 'goi', { after: 0, room: 1_000_000, holder: undefined })).events).toEqual([])
  expect(await readStreamHead(wrong, 'goi')).toBe(0)
  expect(await readChainHead(wrong, desk)).toMatchObject({ n: 0 })
  const before = await store.allUnits.query('select * from event order by unit_id, seq')
  expect((await wrong.query(`update event set text = 'x' where unit_id = 'goi'`)).rowCount).toBe(0)
  expect((await wrong.query(`delete from event`)).rowCount).toBe(0)
  for (const write of [
    `insert into desk_contact values ('goi', 'x', now())`,
    `insert into stream (unit_id, seq) values ('goi', 99) on conflict (unit_id) do update set seq = 99`,
    `insert into chain_link values ('goi', 'x', 1, 'e', 's', 'b', 'l')`,
  ]) {
    await expect(wrong.query(write)).rejects.toMatchObject({ code: '42501' })
  }
  await expect(wrong.query(`update desk_contact set unit_id = 'goi'`)).rejects.toMatchObject({ code: '42501' })
  expect((await store.allUnits.query('select * from event order by unit_id, seq')).rows).toEqual(before.rows)
})

test('what every unit shares is read by each and changed by none; staff and desks of another are not even seen', async () => {
  const wrong = store.ofUnit('tan-khanh')
  const seen = await wrong.query<{ unit_id: string; kind: string }>('select distinct unit_id, kind from publication')
  expect(new Set(seen.rows.map(({ unit_id }) => unit_id))).toEqual(new Set(['', 'tan-khanh']))
  expect(seen.rows).toContainEqual({ unit_id: '', kind: 'catalogue' })
  expect((await wrong.query(`delete from publication where unit_id = ''`)).rowCount).toBe(0)
  expect((await wrong.query(`update publication set body = '{}' where unit_id in ('', 'goi')`)).rowCount).toBe(0)
  for (const unitId of ['', 'goi']) {
    const forged = `insert into publication values ('staff', '${unitId}', 99, '{}', '', now())`
    await expect(wrong.query(forged), unitId).rejects.toMatchObject({ code: '42501' })
  }
  expect((await wrong.query('select 1 from desk where desk_id = $1', [goi.deskId])).rowCount).toBe(0)
  expect((await wrong.query('update desk set retired_at = now()')).rowCount).toBe(1)
  expect((await store.allUnits.query('select 1 from desk where retired_at is null')).rowCount).toBe(1)
  await wrong.query('update desk set retired_at = null')
})

test('a session that served one unit has forgotten it when the next one comes, also after a failure', async () => {
  const small = openStore(district.databaseUrl, () => {})
  try {
    for (let turn = 0; turn < 40; turn += 1) {
      const unitId = turn % 2 === 0 ? 'goi' : 'tan-khanh'
      const scoped = small.ofUnit(unitId)
      const failing = scoped.transaction(async (session) => {
        await session.query('select 1 from event')
        await session.query('select no_such_column from event')
      })
      await expect(failing).rejects.toThrow('no_such_column')
      const { rows } = await scoped.query<{ unit_id: string }>('select distinct unit_id from desk_contact')
      expect(rows.map(({ unit_id }) => unit_id)).toEqual([unitId])
      await expect(small.query('select 1 from event')).rejects.toThrow('no unit is set')
    }
  } finally {
    await small.end()
  }
})

test('the wall stands where the only role owns the tables, as in a managed database', async () => {
  const admin = new pg.Client({ connectionString: district.databaseUrl })
  await admin.connect()
  const name = `managed_${randomBytes(4).toString('hex')}`
  await admin.query(`create role ${name} login password 'only-for-this-test'`)
  await admin.query(`create database ${name} owner ${name}`)
  await admin.end()
  const url = new URL(district.databaseUrl)
  Object.assign(url, { username: name, password: 'only-for-this-test', pathname: `/${name}` })
  await migrate(url.href)
  await migrate(url.href)
  const managed = openStore(url.href, () => {})
  try {
    await managed.ofUnit('goi').query(`insert into stream (unit_id, seq) values ('goi', 7)`)
    expect((await managed.ofUnit('goi').query('select 1 from stream')).rowCount).toBe(1)
    expect((await managed.ofUnit('tan-khanh').query('select 1 from stream')).rowCount).toBe(0)
    expect((await managed.allUnits.query('select 1 from stream')).rowCount).toBe(1)
    await expect(managed.query('select 1 from stream')).rejects.toThrow('no unit is set')
  } finally {
    await managed.end()
  }
})

test('a desk reads, hears, fetches and extends nothing of another unit', async () => {
  const reply = await other.exchange()
  expect(reply.events).toEqual([])
  expect((await other.attachment('HEAD', scanHash)).status).toBe(404)
  expect((await other.attachment('GET', scanHash)).status).toBe(404)
  const foreign = { ...JSON.parse(noteText(other, dossierId, 2)), unitId: 'goi' }
  const pushed = await other.exchange([
    other.chain(noteText(other, dossierId, 2)),
    other.chain(JSON.stringify(foreign)),
    other.chain(receivedText(other, { dossierId })),
  ])
  const [own, claimed, sameId] = pushed.verdicts
  expect(own?.verdict).not.toBe('accepted')
  expect(claimed).toMatchObject({ verdict: 'refused', code: 'event/foreign' })
  // Ids of dossiers are each unit's own: it opened one of its own, not that of the other.
  expect(sameId?.verdict).toBe('accepted')
  const { rows } = await store.allUnits.query<{ unit_id: string; desk_id: string }>(
    'select unit_id, desk_id from event where dossier_id = $1 order by unit_id',
    [dossierId],
  )
  expect(rows).toEqual([
    { unit_id: 'goi', desk_id: goi.deskId },
    { unit_id: 'tan-khanh', desk_id: other.deskId },
  ])
})
