import pg from 'pg'
import { expect, test } from 'vitest'
import { describe as describeFailure } from '../../district/http/answer-errors.ts'
import { seed } from '../../district/law/seed.ts'
import { publish, readPublications } from '../../district/store/publications.ts'
import { receivedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()

test('a bug answers 500 "internal" without a word of what went in, and nothing half-done stays', async () => {
  const district = await cluster.district()
  const desk = await district.enrol()
  const { allUnits } = district.district.store
  const owner = new pg.Client({ connectionString: district.databaseUrl })
  await owner.connect()
  await owner.query('alter table dossier_number rename to elsewhere')
  const own = desk.chain(receivedText(desk, { name: 'Lò Thị Bí Mật' }))
  const answer = await desk.post(desk.exchangeRequest([own]))
  expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } })
  expect(Object.keys(answer.body as object).sort()).toEqual(['code', 'time'])
  expect((await allUnits.query('select 1 from event')).rowCount).toBe(0)
  expect((await allUnits.query('select 1 from chain_link')).rowCount).toBe(0)
  await owner.query('alter table elsewhere rename to dossier_number')
  await owner.end()
  expect((await desk.exchange([own])).verdicts).toMatchObject([{ verdict: 'accepted', seq: 1 }])
})

test('what is logged of a failure names kinds and places, never values', async () => {
  const district = await cluster.district()
  const failure = await district.district.store
    .query(`insert into stream (unit_id, seq) values ('goi', 'Lò Thị Bí Mật')`)
    .catch((error: Error) => error)
  expect((failure as Error).message).toContain('Bí Mật')
  const logged = describeFailure(failure as Error)
  expect(logged).toMatchObject({ code: '22P02' })
  expect(JSON.stringify(logged)).not.toContain('Bí Mật')
})

test('while the database is away the district says "later" instead of failing, and goes on by itself', async () => {
  const district = await cluster.district()
  const desk = await district.enrol()
  const own = desk.chain(receivedText(desk))
  await cluster.disconnect(district, async () => {
    const answer = await desk.post(desk.exchangeRequest([own]))
    expect(answer).toMatchObject({ status: 503, body: { code: 'district/overloaded' } })
    expect(answer.headers.get('retry-after')).toBe('5')
  })
  expect((await desk.exchange([own])).verdicts).toMatchObject([{ verdict: 'accepted' }])
})

test('of queries sent together the one that failed is told, not those the database then refuses for its sake', async () => {
  const { allUnits } = (await cluster.district()).district.store
  const failing = allUnits.transaction(async (session) => {
    // A failure that is heard of a little later than the one behind it.
    const divided = async () => {
      await session.query('select 1/0').finally(() => new Promise(setImmediate))
    }
    await Promise.all([divided(), session.query('select 1')])
  })
  await expect(failing).rejects.toMatchObject({ code: '22012' })
})

test('loading a data set again changes nothing; a changed one becomes the next version, but never over what was published here', async () => {
  const { store, clock } = (await cluster.district()).district
  const before = await readPublications(store.allUnits)
  await seed(store, 'vu-ban-2022', clock)
  expect(await readPublications(store.allUnits)).toEqual(before)
  await seed(store, 'vu-ban-2025', clock)
  const units = (await readPublications(store.allUnits)).filter(({ kind }) => kind === 'units')
  expect(units.map(({ version, body }) => [version, (body as { version: number }).version])).toEqual([
    [1, 1],
    [2, 2],
  ])
  await publish(
    store.allUnits,
    { kind: 'units', unitId: '', version: 3, body: { version: 3 }, source: '' },
    clock.now(),
  )
  await store.allUnits.query(`update publication set source = 'older file' where kind = 'units' and version < 3`)
  await seed(store, 'vu-ban-2025', clock)
  expect((await readPublications(store.allUnits)).filter(({ kind }) => kind === 'units')).toHaveLength(3)
})
