import type postgres from 'postgres'
import { expect, test } from 'vitest'
import { seedDemo } from '#app/_demo/demo.ts'
import { ROLES } from '#db/schema/account.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'

/**
 * Who reaches which rows of which table, by which verb, when every door and every query fails: tried as the application's SQL
 * role in the world of the demonstration, and compared with db/isolation.txt. A new table or role changes that file; so does a
 * policy. Read it before you say yes to it: vitest --project db db/isolation -u.
 */
const { owner, app } = await createTestDatabase()
await seedDemo(new Date('2026-11-23T03:30:00Z'))

type Caller = { name: string; role: string; account?: number; organisation?: number; sees?: string }
const VERBS = ['select', 'insert', 'update', 'delete'] as const
type Reach = Record<(typeof VERBS)[number], number>
type Table = { name: string; columns: string[]; changed: string | null }

/** One of each role, reporters by what they are to the rows: theirs, in their territory, of elsewhere. */
async function callers(): Promise<Caller[]> {
  const [busy] = await owner<{ id: number; organisation: number; territory: string }[]>`
    select a.id::int, a.organisation_id::int as organisation, o.territory_code as territory
    from account a join organisation o on o.id = a.organisation_id join cases c on c.organisation_id = o.id
    where a.role = 'reporter' and o.sees = '{}' group by a.id, o.id order by count(*) desc, a.id limit 1`
  const [over] = await owner<{ id: number; organisation: number; sees: string[] }[]>`
    select a.id::int, a.organisation_id::int as organisation, o.sees from account a join organisation o on o.id = a.organisation_id
    where a.role = 'reporter' and ${busy?.territory ?? ''} = any (o.sees) order by a.id limit 1`
  const [away] = await owner<{ id: number }[]>`
    insert into organisation (kind, name, territory_code, search) values ('samu', 'SAMU d’ailleurs', '2A', '') returning id::int`
  const [stranger] = await owner<{ id: number }[]>`insert into account (email, name, role, organisation_id)
    values ('ailleurs@demo.example', 'Ailleurs', 'reporter', ${away?.id ?? 0}) returning id::int`
  if (!busy || !over || !away || !stranger) throw new Error('the demonstration lacks somebody')
  const others = await owner<{ id: number; role: string }[]>`
    select distinct on (role) id::int, role from account where role <> 'reporter' order by role, id`
  const one = (role: string) => ({
    name: role,
    role,
    account: others.find((at) => at.role === role)?.id ?? 0,
  })
  return [
    { name: 'reporter', role: 'reporter', account: busy.id, organisation: busy.organisation },
    {
      ...{ name: 'authority', role: 'reporter', account: over.id, organisation: over.organisation },
      sees: over.sees.join(','),
    },
    { name: 'elsewhere', role: 'reporter', account: stranger.id, organisation: away.id },
    ...ROLES.filter((role) => role !== 'reporter').map(one),
    { name: 'machine', role: 'machine' },
    { name: 'door', role: 'door' },
    { name: 'nobody', role: '' },
  ]
}

/** Two rows where there is none: one of the reporter's, one of the lead's. Nothing that they say need be true: policies alone are tried. */
async function fill({ name, columns }: Table, [reporter, lead]: [Caller, Caller]): Promise<void> {
  const rules = await owner<{ rule: string }[]>`
    select conname as rule from pg_constraint where conrelid = ${name}::regclass and contype = 'c'`
  for (const { rule } of rules) await owner`alter table ${owner(name)} drop constraint ${owner(rule)}`
  const known = await owner<{ column: string; type: string; identity: boolean }[]>`
    select attname::text as column, format_type(atttypid, null) as type, attidentity <> '' as identity
    from pg_attribute a where attrelid = ${name}::regclass and attname = any (${columns}) and attnum > 0`
  const [theirs] =
    await owner`select id::int from cases where organisation_id = ${reporter.organisation ?? 0} limit 1`
  const [others] =
    await owner`select id::int from cases where organisation_id <> ${reporter.organisation ?? 0} limit 1`
  for (const [at, who, caseId] of [
    [1, reporter, theirs?.id],
    [2, lead, others?.id],
  ] as const) {
    const row = Object.fromEntries(
      known
        .filter(({ identity }) => !identity)
        .map(({ column, type }) => [column, sample(column, type, at, who, caseId)]),
    )
    await owner.begin(async (sql) => {
      // Neither triggers nor references.
      await sql`set local session_replication_role = replica`
      const names = Object.keys(row)
      await sql`insert into ${sql(name)} (${sql(names)})
        select ${sql(names)} from jsonb_populate_record(null::${sql(name)}, ${sql.json(row as never)})`
    })
  }
}

function sample(column: string, type: string, at: number, who: Caller, caseId: number): unknown {
  if (column === 'exercise_id') return null
  if (column === 'case_id') return caseId
  if (/account_id$/.test(column)) return who.account
  if (column === 'organisation_id') return who.organisation ?? 1
  if (/\[\]$/.test(type)) return '{}'
  if (/^(timestamp|date)/.test(type)) return '2026-11-23T03:00:00Z'
  if (/^(bigint|integer|smallint|double precision|numeric|real)/.test(type)) return at
  if (type === 'boolean') return false
  if (type === 'jsonb') return {}
  if (type === 'uuid') return `00000000-0000-4000-8000-00000000000${at}`
  if (type === 'bytea') return '\\x00'
  return `x${at}`
}

/** All four verbs of one caller on one table, each undone; what a reference or a rule refuses afterwards was reached. */
async function makeReach(): Promise<void> {
  await owner.unsafe(`create function reach(name text, columns text, changed text, copies jsonb) returns jsonb language plpgsql as $$
    declare n int; said jsonb := '{}'; copy jsonb;
    begin
      begin execute format('select count(*) from %I', name) into n;
      exception when insufficient_privilege then n := 0; end;
      said := said || jsonb_build_object('select', n);
      begin
        n := 0;
        if changed is not null then
          execute format('update %I set %I = %I', name, changed, changed);
          get diagnostics n = row_count;
        end if;
        raise exception using errcode = 'UNDO1';
      exception when sqlstate 'UNDO1' then null; when insufficient_privilege then n := 0; when integrity_constraint_violation then n := 1000000; end;
      said := said || jsonb_build_object('update', n);
      begin
        execute format('delete from %I', name);
        get diagnostics n = row_count;
        raise exception using errcode = 'UNDO1';
      exception when sqlstate 'UNDO1' then null; when insufficient_privilege then n := 0; when integrity_constraint_violation then n := 1000000; end;
      said := said || jsonb_build_object('delete', n);
      n := 0;
      for copy in select * from jsonb_array_elements(copies) loop
        begin
          execute format('insert into %I (%s) overriding system value select %s from jsonb_populate_record(null::%I, $1)', name, columns, columns, name) using copy;
          n := n + 1;
          raise exception using errcode = 'UNDO1';
        exception when sqlstate 'UNDO1' then null; when insufficient_privilege then null; when integrity_constraint_violation then n := n + 1; end;
      end loop;
      return said || jsonb_build_object('insert', n);
    end $$`)
}

function tried(caller: Caller, work: (sql: postgres.TransactionSql) => Promise<void>): Promise<unknown> {
  return app.begin(async (sql) => {
    await sql`select set_config('app.role', ${caller.role}, true), set_config('app.account', ${String(caller.account ?? '')}, true),
      set_config('app.organisation', ${String(caller.organisation ?? '')}, true), set_config('app.sees', ${caller.sees ?? ''}, true)`
    await work(sql)
  })
}

/** Rows that are tried to be put in again: so many of the reporter's, or of the first, and so many of the last. */
const COPIES = 3

test('who reaches what is what db/isolation.txt says', async () => {
  await makeReach()
  const asked = await callers()
  const tables = await owner<Table[]>`
    select c.relname as name, array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
        and attgenerated = '' order by attnum) as columns,
      (select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped and attidentity = ''
        and attgenerated = '' and has_column_privilege('permanence_app', c.oid, attnum, 'update') order by attnum desc limit 1) as changed
    from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`
  expect(tables.length).toBeGreaterThan(50)
  const [reporter, lead] = ['reporter', 'lead'].map(
    (name) => asked.find((one) => one.name === name) as Caller,
  )

  const world: { table: Table; rows: number; copies: unknown[] }[] = []
  for (const table of tables) {
    // As they lie in the table they come in another order each time.
    const read = () => owner<{ row: unknown }[]>`
      select row from ${owner(table.name)} t, to_jsonb(t) as row order by
        row->>'account_id' is not distinct from ${String(reporter?.account)} desc,
        row->>'organisation_id' is not distinct from ${String(reporter?.organisation)} desc, row::text`
    let rows = await read()
    if (rows.length === 0) {
      await fill(table, [reporter as Caller, lead as Caller])
      rows = await read()
    }
    const all = rows.map(({ row }) => row)
    const copies = all.length > 2 * COPIES ? [...all.slice(0, COPIES), ...all.slice(-COPIES)] : all
    world.push({ table, rows: all.length, copies })
  }

  const cells = new Map<string, string>()
  for (const caller of asked)
    await tried(caller, async (sql) => {
      for (const { table, rows, copies } of world) {
        const columns = table.columns.map((column) => `"${column}"`).join(', ')
        const [row] = await sql<
          { said: Reach }[]
        >`select reach(${table.name}, ${columns}, ${table.changed}, ${sql.json(copies as never)}) as said`
        for (const verb of VERBS) {
          const [n, all] = [row?.said[verb] ?? 0, verb === 'insert' ? copies.length : rows]
          cells.set(`${table.name} ${verb} ${caller.name}`, n === 0 ? '.' : n >= all ? 'ALL' : 'some')
        }
      }
    })

  const lines = [
    ['table', 'verb', ...asked.map(({ name }) => name)],
    ...tables.flatMap(({ name }) =>
      VERBS.map((verb) => [
        name,
        verb,
        ...asked.map((caller) => cells.get(`${name} ${verb} ${caller.name}`) ?? '!'),
      ]),
    ),
  ]
  const width = lines[0]?.map((_, at) => Math.max(...lines.map((cell) => cell[at]?.length ?? 0))) ?? []
  const text = lines.map((line) =>
    line
      .map((cell, at) => cell.padEnd(width[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  await expect(`${text.join('\n')}\n`).toMatchFileSnapshot('isolation.txt')
})
