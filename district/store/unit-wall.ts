import type pg from 'pg'

/**
 * The second wall between units; the first is that every query names its unit.
 * ```
 * session ── setting mot_cua.unit = u ──► policy on every table keyed by unit: rows of u, read and written
 *                                = '*' ──► all rows            (backup, status, restore, clean-up)
 *                                unset ──► the query fails
 * ```
 * 1. The policies bind the owner of the tables too: a managed database often has one role only.
 * 2. No policy binds a superuser, which the embedded database's own user is: its sessions become `mot_cua_unit` first.
 * 3. A table that a later migration adds gets its policy here; nobody has to think of it.
 * 4. What every unit shares (catalogue, calendar, directory of units) is read by each and written by none.
 * 5. A desk or a code is looked up by its key before its unit is known, and the law books of all units are kept together in
 *    memory: these few places say `allUnits` aloud.
 */
export const scopeSetting = 'mot_cua.unit'
export const everyUnit = '*'
const role = 'mot_cua_unit'

/** Rows without a unit in it are everybody's. */
const tableWithSharedRows = 'publication'

const bypassing = `select from pg_roles where rolname = session_user and (rolsuper or rolbypassrls)`

export async function leaveSuperuser(session: pg.ClientBase): Promise<void> {
  await session.query(`select set_config('role', '${role}', false) where exists (${bypassing})`)
}

/** After every migration, by the owner of the tables. Does nothing where all is as it should be. */
export async function raiseUnitWall(owner: pg.ClientBase): Promise<void> {
  await owner.query('begin')
  // Two processes of one district may start at once.
  await owner.query('select pg_advisory_xact_lock(8301, 1)')
  await owner.query(`
    create or replace function unit_of_session() returns text language plpgsql stable as $$
    begin
      if coalesce(current_setting('${scopeSetting}', true), '') = '' then
        raise exception 'no unit is set: use store.ofUnit or store.allUnits' using errcode = 'insufficient_privilege';
      end if;
      return current_setting('${scopeSetting}');
    end $$`)
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(t.relname) as name from pg_class t
     where t.relnamespace = current_schema()::regnamespace and t.relkind in ('r', 'p') and not t.relforcerowsecurity
       and exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'unit_id' and not a.attisdropped)`,
  )
  for (const { name } of rows) {
    // Each sub-select is asked once a query, not once a row.
    await owner.query(`
      create policy one_unit on ${name}
        using (unit_id = (select unit_of_session()) or (select unit_of_session()) = '${everyUnit}');
      alter table ${name} enable row level security, force row level security`)
    if (name === tableWithSharedRows) {
      await owner.query(`create policy shared_rows on ${name} for select using (unit_id = '')`)
    }
  }
  await admitRole(owner)
  await owner.query('commit')
}

async function admitRole(owner: pg.ClientBase): Promise<void> {
  if ((await owner.query(bypassing)).rowCount === 0) return
  // Roles belong to the whole cluster: another of its databases may be making it right now.
  await owner.query(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
    exception when duplicate_object or unique_violation then null;
    end $$`)
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(t.relname) as name from pg_class t
     where t.relnamespace = current_schema()::regnamespace and t.relkind in ('r', 'p')
       and not has_table_privilege('${role}', t.oid, 'truncate')`,
  )
  for (const { name } of rows) {
    await owner.query(`grant select, insert, update, delete, truncate on ${name} to ${role}`)
  }
}
