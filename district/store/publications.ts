import type { Instant } from '../../shared/core/time.ts'
import type { PublicationKind } from '../../shared/law/publication.ts'
import type { RecoveryKey } from '../../shared/law/recovery-key.ts'
import type { Queryable, Store } from './pool.ts'

/** A version of reference data. `unitId` is empty for what every unit shares. */
export interface Publication {
  readonly kind: PublicationKind
  readonly unitId: string
  readonly version: number
  readonly body: unknown
  readonly source: string
}

interface Row {
  kind: PublicationKind
  unit_id: string
  version: number
  body: string
  source: string
}

/** Every version ever published: dossiers keep the one they were received under. */
export async function readPublications(store: Queryable): Promise<readonly Publication[]> {
  const { rows } = await store.query<Row>(
    'select kind, unit_id, version, body, source from publication order by version',
  )
  return rows.map((row) => ({
    kind: row.kind,
    unitId: row.unit_id,
    version: row.version,
    body: JSON.parse(row.body),
    source: row.source,
  }))
}

/** Changes whenever anything is published. */
export async function countPublications(store: Queryable): Promise<number> {
  const { rows } = await store.query<{ count: number }>('select count(*) as count from publication')
  return rows[0]?.count ?? 0
}

export async function publish(store: Queryable, publication: Publication, at: Instant): Promise<void> {
  const { kind, unitId, version, body, source } = publication
  await store.query(
    `insert into publication (kind, unit_id, version, body, source, published_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [kind, unitId, version, JSON.stringify(body), source, at],
  )
}

/** Publishes a unit's recovery key as its next version; answers the version. */
export function publishRecoveryKey(
  store: Store,
  unitId: string,
  key: Omit<RecoveryKey, 'version'>,
  at: Instant,
): Promise<number> {
  return store.ofUnit(unitId).transaction((session) => publishNext(session, 'recoveryKey', unitId, key, at))
}

/** Publishes the names of a unit's desks; whoever adds one holds the unit's lanes, so that no two do it at once. */
export async function publishDesks(session: Queryable, unitId: string, at: Instant): Promise<void> {
  const { rows } = await session.query<{ desk_id: string; name: string }>(
    'select desk_id, name from desk where unit_id = $1 order by lane',
    [unitId],
  )
  await publishNext(
    session,
    'desks',
    unitId,
    { desks: rows.map((row) => ({ deskId: row.desk_id, name: row.name })) },
    at,
  )
}

async function publishNext(
  session: Queryable,
  kind: PublicationKind,
  unitId: string,
  body: object,
  at: Instant,
): Promise<number> {
  const { rows } = await session.query<{ version: number }>(
    'select coalesce(max(version), 0)::int + 1 as version from publication where kind = $1 and unit_id = $2',
    [kind, unitId],
  )
  const version = rows[0]?.version ?? 1
  await publish(session, { kind, unitId, version, body: { version, ...body }, source: '' }, at)
  return version
}

/** A recovery key this unit has or had. */
export async function findRecoveryKey(
  store: Queryable,
  unitId: string,
  keyId: string,
): Promise<RecoveryKey | undefined> {
  const { rows } = await store.query<{ body: string }>(
    `select body from publication where kind = 'recoveryKey' and unit_id = $1 order by version desc`,
    [unitId],
  )
  return rows.map(({ body }): RecoveryKey => JSON.parse(body)).find((key) => key.keyId === keyId)
}
