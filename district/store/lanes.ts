import type { IsoDate } from '../../shared/core/time.ts'
import type { NumberLane } from '../../shared/domain/numbering.ts'
import type { Queryable } from './pool.ts'

/** How many numbers a day one desk may print without asking. */
const ordinalsPerLane = 500

/** The unit's next lane. Lanes are only ever counted up, so none is given twice. */
export async function leaseLane(session: Queryable, unitId: string, today: IsoDate): Promise<NumberLane> {
  const { rows } = await session.query<{ lanes: number }>(
    `insert into stream as s (unit_id, lanes) values ($1, 1)
     on conflict (unit_id) do update set lanes = s.lanes + 1 returning lanes`,
    [unitId],
  )
  const id = rows[0]?.lanes
  if (!id) throw new Error('no lane')
  const validUntil = `${Number(today.slice(0, 4)) + 1}-12-31`
  return { id, first: (id - 1) * ordinalsPerLane + 1, last: id * ordinalsPerLane, validUntil }
}
