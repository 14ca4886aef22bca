import { beforeAll, expect, test } from 'vitest'
import type { Scoped } from '../../district/store/pool.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()
let unit: Scoped
beforeAll(async () => {
  unit = (await cluster.district()).district.store.ofUnit('goi')
})

const textsOf = async (query: string) =>
  (await unit.copyOut(query)).map((row) => row.map((field) => field?.toString('utf8')))

test('rows come as the bytes the database holds, many or none', async () => {
  expect(await textsOf(`select 'Đỗ Thị Ánh', null::text, ''`)).toEqual([['Đỗ Thị Ánh', undefined, '']])
  expect(await textsOf('select 1::text where false')).toEqual([])
  const long = await textsOf(`select n::text, repeat('ộ', n * 400) from generate_series(1, 300) n order by n.n`)
  expect(long.map(([n]) => Number(n))).toEqual(Array.from({ length: 300 }, (_, at) => at + 1))
  // What was handed out first is not written over by what came after it.
  for (const [n, text] of long) expect(text === 'ộ'.repeat(Number(n) * 400), `row ${n}`).toBe(true)
})

test('a query that fails, at once or in its middle, fails alone', async () => {
  await expect(unit.copyOut('select nothing from nowhere')).rejects.toThrow('nowhere')
  await expect(unit.copyOut('select (1 / (200 - n))::text from generate_series(1, 300) n')).rejects.toThrow('zero')
  const [rows, query] = await Promise.all([
    textsOf(`select 'still'`),
    unit.query<{ here: string }>(`select 'here' as here`),
  ])
  expect([rows, query.rows]).toEqual([[['still']], [{ here: 'here' }]])
})
