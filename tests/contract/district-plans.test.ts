import { expect, test } from 'vitest'
import { readBatch } from '../../district/exchange/read-batch.ts'
import { readChain } from '../../district/store/chain.ts'
import { readHeadLink, readKnown } from '../../district/store/events.ts'
import type { Queryable } from '../../district/store/pool.ts'
import { receivedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()
const rows = 3000

interface Plan {
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Join Filter'?: number
  readonly Plans?: readonly Plan[]
}

/** How many rows a plan had in hand, given or thrown away. */
function handled(plan: Plan): number {
  const removed = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Join Filter'] ?? 0)
  const own = (plan['Actual Rows'] + removed) * plan['Actual Loops']
  return (plan.Plans ?? []).reduce((sum, below) => sum + handled(below), own)
}

/** A stream of a unit and a desk's chain, as many years would make them. */
const filling = (unit: string, deskId: string) => [
  `insert into event (unit_id, seq, event_id, dossier_id, desk_id, text, bytes, findings, received_at)
   select '${unit}', n, '${unit}-event-' || n, '${unit}-dossier-' || n, '${deskId}', '{}', 2, '[]', now()
   from generate_series(1, ${rows}) n`,
  `insert into chain_link (unit_id, desk_id, n, event_id, salt, body_hash, link)
   select '${unit}', '${deskId}', n, '${unit}-event-' || n, '', '', '' from generate_series(1, ${rows}) n`,
  `insert into dossier_number (unit_id, number, dossier_id, event_id)
   select '${unit}', '${unit}-' || n, '${unit}-dossier-' || n, '${unit}-event-' || n from generate_series(1, ${rows}) n`,
  `insert into stream (unit_id, seq) values ('${unit}', ${rows}) on conflict (unit_id) do update set seq = excluded.seq`,
]

test.each(['before it was ever analysed', 'analysed while the unit was still empty', 'analysed'])(
  'a batch costs the unit’s stream no more than its own events: %s',
  async (when) => {
    const { district, enrol } = await cluster.district()
    const { allUnits } = district.store
    const desk = await enrol('goi')
    for (const statement of filling('tam-thanh', 'another')) await allUnits.query(statement)
    if (when === 'analysed while the unit was still empty') await allUnits.query('analyze')
    for (const statement of filling('goi', desk.deskId)) await allUnits.query(statement)
    if (when === 'analysed') await allUnits.query('analyze')
    const events = Array.from({ length: 20 }, () => desk.chain(receivedText(desk)))
    const batch = await readBatch(events)
    if (!batch.ok) throw new Error(batch.error)
    const counts: Record<string, number> = {}
    await district.store.ofUnit('goi').together(async (session) => {
      const explaining: Queryable = {
        async query(text, values) {
          const { rows: told } = await session.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
            `explain (analyze, format json) ${text}`,
            values,
          )
          const plan = told[0]?.['QUERY PLAN'][0]?.Plan
          if (plan) counts[text.replace(/\s+/g, ' ')] = handled(plan)
          return session.query(text, values)
        },
      }
      const known = { unitId: 'goi', deskId: desk.deskId }
      await readKnown(explaining, known as never, batch.value)
      await readHeadLink(explaining, 'goi')
      const places = events.map((_, at) => rows + at + 1)
      await readChain(explaining, known as never, places)
    })
    expect(Object.keys(counts)).toHaveLength(8)
    // Of three thousand: so many belong to the batch, its neighbours and the questions themselves.
    expect(Object.entries(counts).filter(([, count]) => count > 200)).toEqual([])
  },
)
