import type { IsoDate } from '../../shared/core/time.ts'
import type { NumberLane } from '../../shared/domain/numbering.ts'
import type { Queryable } from './pool.ts'

/** How many numbers a day one desk may print without asking. */
const ordinalsPerLane = 500

/** Lanes a restored or replaced database leased and forgot: so many are left out, to keep printed numbers unique. */
export const forgottenLanes = 20

/**
 * The unit's next lane. Lanes are only ever counted up, so none is given twice.
 * @param above a lane that was given away although this database may not know it, 0 when none
 */
export async function leaseLane(
  session: Queryable,
  unitId: string,
  today: IsoDate,
  above: number,
): Promise<NumberLane> {
  const { rows } = await session.query<{ lanes: number }>(
    `insert into stream as s (unit_id, lanes) values ($1, $2::int + 1)
     on conflict (unit_id) do update set lanes = greatest(s.lanes, $2::int) + 1 returning lanes`,
    [unitId, above],
  )
  const id = rows[0]?.lanes
  if (!id) throw new Error('no lane')
  const validUntil = `${Number(today.slice(0, 4)) + 1}-12-31`
  return { id, first: (id - 1) * ordinalsPerLane + 1, last: id * ordinalsPerLane, validUntil }
}
