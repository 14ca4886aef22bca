import type { Queryable } from './pool.ts'

export interface DeskOverview {
  readonly deskId: string
  readonly unitId: string
  readonly unitName: string
  readonly name: string
  readonly lane: string
  readonly lastContactAt: string | undefined
  readonly retired: boolean
}

export interface UnitOverview {
  readonly unitId: string
  readonly unitName: string
  readonly dossiers: number
  readonly events: number
  readonly refused: number
  readonly attachments: number
}

export interface Overview {
  readonly desks: readonly DeskOverview[]
  readonly units: readonly UnitOverview[]
  readonly incidents: readonly {
    readonly unitName: string
    readonly code: string
    readonly subject: string
    readonly times: number
    readonly lastAt: string
  }[]
  readonly databaseBytes: number
}

/** Counts and times only: nothing about any citizen. */
export async function readOverview(store: Queryable): Promise<Overview> {
  const names = await readUnitNames(store)
  const nameOf = (unitId: string) => names.get(unitId) ?? unitId
  const desks = await store.query<{
    desk_id: string
    unit_id: string
    name: string
    lane_first: number
    lane_last: number
    retired_at: Date | null
    at: Date | null
  }>(
    `select d.desk_id, d.unit_id, d.name, d.lane_first, d.lane_last, d.retired_at, c.at from desk d
     left join desk_contact c on c.unit_id = d.unit_id and c.desk_id = d.desk_id order by d.unit_id, d.lane`,
  )
  const units = await store.query<{
    unit_id: string
    events: number
    dossiers: number
    refused: number
    attachments: number
  }>(
    `select s.unit_id, s.seq as events,
       (select count(*) from dossier_number n where n.unit_id = s.unit_id) as dossiers,
       (select count(*) from refused_event r where r.unit_id = s.unit_id) as refused,
       (select count(*) from attachment a where a.unit_id = s.unit_id) as attachments
     from stream s order by s.unit_id`,
  )
  const incidents = await store.query<{ unit_id: string; code: string; subject: string; times: number; last_at: Date }>(
    `select unit_id, code, subject, times, last_at from incident where closed_at is null order by last_at desc limit 50`,
  )
  const size = await store.query<{ bytes: number }>('select pg_database_size(current_database()) as bytes')
  return {
    desks: desks.rows.map((row) => ({
      deskId: row.desk_id,
      unitId: row.unit_id,
      unitName: nameOf(row.unit_id),
      name: row.name,
      lane: `${row.lane_first}–${row.lane_last}`,
      lastContactAt: row.at?.toISOString(),
      retired: row.retired_at !== null,
    })),
    units: units.rows.map(({ unit_id, ...counts }) => ({ unitId: unit_id, unitName: nameOf(unit_id), ...counts })),
    incidents: incidents.rows.map((row) => ({
      unitName: nameOf(row.unit_id),
      code: row.code,
      subject: row.subject,
      times: row.times,
      lastAt: row.last_at.toISOString(),
    })),
    databaseBytes: size.rows[0]?.bytes ?? 0,
  }
}

/** Units by id, from the newest directory. */
export async function readUnitNames(store: Queryable): Promise<ReadonlyMap<string, string>> {
  const { rows } = await store.query<{ body: string }>(
    `select body from publication where kind = 'units' order by version desc limit 1`,
  )
  const { units = [] }: { units?: readonly { id: string; name: string }[] } = rows[0] ? JSON.parse(rows[0].body) : {}
  return new Map(units.map(({ id, name }) => [id, name]))
}
