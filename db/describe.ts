import type postgres from 'postgres'
import { GROUP_ROLE } from './config.ts'

/** A heading and the statements under it, each of which runs by itself in this order. */
export type Section = { title: string; statements: string[] }

/**
 * The whole schema as the catalogs of a migrated database say it, in an order in which it can be made again. What tools make for
 * themselves (job queue, list of migrations) and what the application makes while it runs (a sequence a year) is left out.
 */
export async function describeSchema(owner: postgres.Sql): Promise<Section[]> {
  return owner.begin(async (sql) => {
    // Names are written without a schema where `public` finds them.
    await sql`set local search_path = public`
    await sql.unsafe(OBJECTS)
    const [words, functions, tables] = [await textSearch(sql), await functionsOf(sql), await tablesOf(sql)]
    const early = functions.filter(({ late }) => !late).map(({ statement }) => statement)
    const late = functions.filter((one) => one.late).map(({ statement }) => statement)
    const sections: Section[] = [
      {
        title: 'Extensions, the schema of our functions, the role of the application',
        statements: await ground(sql),
      },
      { title: 'Words: how they are searched', statements: words },
      { title: 'Functions', statements: ['set check_function_bodies = off', ...early] },
      ...tables.map(({ name, columns }) => ({ title: `Table ${name}`, statements: columns })),
      { title: 'Functions that take a row of a table', statements: late },
      { title: 'Views', statements: await viewsOf(sql) },
      { title: 'Who may call what', statements: await functionGrants(sql) },
      {
        title: 'The owner works in every table, held to policies as everybody is',
        statements: [ownerWorks(tables)],
      },
      ...tables.map(({ name, guards }) => ({ title: `Who may what in ${name}`, statements: guards })),
    ]
    return sections.filter(({ statements }) => statements.length > 0)
  }) as Promise<Section[]>
}

/** The sections as one file. */
export function schemaFile(sections: Section[]): string {
  const body = sections.map(
    ({ title, statements }) => `-- ${title}\n\n${statements.map((one) => `${one};`).join('\n\n')}\n`,
  )
  return `${HEAD}\n${body.join('\n\n')}`
}

const HEAD = `-- Made by "npm run schema" from the catalogs of a migrated database: what all migrations together come to. Read it, compare it,
-- do not change it: a migration does. A test holds the two together, and makes a database of this file.

set search_path = public;

`

// The tables of ours, each after those it refers to.
const OBJECTS = `
  create temporary table ours on commit drop as
  with recursive refers as (
    select conrelid as oid, confrelid as on_oid from pg_constraint where contype = 'f' and conrelid <> confrelid
      and connamespace = 'public'::regnamespace
  ), depth as (
    select oid, 0 as d from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
    union all select r.oid, depth.d + 1 from refers r join depth on depth.oid = r.on_oid where depth.d < 20
  ) select c.oid, c.relname as name, max(depth.d) as depth from depth join pg_class c using (oid) group by c.oid, c.relname`

type Tx = postgres.TransactionSql

async function ground(sql: Tx): Promise<string[]> {
  const extensions = await sql<{ name: string }[]>`
    select extname as name from pg_extension where extname <> 'plpgsql' order by extname`
  return [
    ...extensions.map(({ name }) => `create extension if not exists ${name}`),
    'create schema app',
    `do $$ begin
  if not exists (select from pg_roles where rolname = '${GROUP_ROLE}') then
    create role ${GROUP_ROLE} nologin nobypassrls;
  end if;
end $$`,
    `grant usage on schema public, app to ${GROUP_ROLE}`,
  ]
}

async function textSearch(sql: Tx): Promise<string[]> {
  const found = await sql<{ name: string; parser: string; token: string; dictionaries: string }[]>`
    select c.cfgname as name, p.prsname as parser, t.alias as token,
      string_agg(m.mapdict::regdictionary::text, ', ' order by m.mapseqno) as dictionaries
    from pg_ts_config c join pg_ts_parser p on p.oid = c.cfgparser join pg_ts_config_map m on m.mapcfg = c.oid
      join lateral ts_token_type(c.cfgparser) t on t.tokid = m.maptokentype
    where c.cfgnamespace = 'public'::regnamespace group by 1, 2, 3, m.maptokentype order by 1, m.maptokentype`
  const names = [...new Set(found.map(({ name }) => name))]
  return names.flatMap((name) => {
    const own = found.filter((one) => one.name === name)
    const by = [...new Set(own.map(({ dictionaries }) => dictionaries))]
    return [
      `create text search configuration ${name} (parser = "${own[0]?.parser}")`,
      ...by.map((dictionaries) => {
        const tokens = own.filter((one) => one.dictionaries === dictionaries).map(({ token }) => token)
        return `alter text search configuration ${name} add mapping for ${tokens.join(', ')} with ${dictionaries}`
      }),
    ]
  })
}

// `late`: its arguments or its answer are rows of a table.
async function functionsOf(sql: Tx): Promise<{ statement: string; late: boolean }[]> {
  const found = await sql<{ text: string; comment: string | null; signature: string; late: boolean }[]>`
    select pg_get_functiondef(p.oid) as text, obj_description(p.oid, 'pg_proc') as comment, p.oid::regprocedure::text as signature,
      exists (select from pg_depend d join pg_type t on t.oid = d.refobjid and d.refclassid = 'pg_type'::regclass
        where d.classid = 'pg_proc'::regclass and d.objid = p.oid and t.typrelid in (select oid from ours)) as late
    from pg_proc p where p.pronamespace = 'app'::regnamespace order by p.proname, p.oid::regprocedure::text`
  return found.flatMap(({ text, comment, signature, late }) => [
    { statement: text.trim().replace('CREATE OR REPLACE FUNCTION', 'create function'), late },
    ...(comment ? [{ statement: `comment on function ${signature} is ${quote(comment)}`, late }] : []),
  ])
}

async function functionGrants(sql: Tx): Promise<string[]> {
  const found = await sql<{ signature: string; role: string }[]>`
    select p.oid::regprocedure::text as signature, r.rolname as role
    from pg_proc p, aclexplode(p.proacl) a join pg_roles r on r.oid = a.grantee
    where p.pronamespace = 'app'::regnamespace and a.grantee <> p.proowner order by 1, 2`
  return [
    'revoke execute on all functions in schema app from public',
    ...found.map(({ signature, role }) => `grant execute on function ${signature} to ${role}`),
  ]
}

async function viewsOf(sql: Tx): Promise<string[]> {
  const found = await sql<{ name: string; text: string }[]>`
    select c.oid::regclass::text as name, pg_get_viewdef(c.oid, true) as text from pg_class c
    where c.relkind = 'v' and c.relnamespace in ('public'::regnamespace, 'app'::regnamespace)
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by c.oid`
  return found.map(({ name, text }) => `create view ${name} as\n${text.trim().replace(/;$/, '')}`)
}

type Table = { name: string; columns: string[]; guards: string[] }

async function tablesOf(sql: Tx): Promise<Table[]> {
  const tables = await sql<
    {
      name: string
      unlogged: boolean
      options: string | null
      columns: string[]
      constraints: string[]
      indexes: string[]
      comments: string[]
    }[]
  >`
    select o.name, c.relpersistence = 'u' as unlogged, array_to_string(c.reloptions, ', ') as options,
      array(select quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
          || case when a.attidentity = 'a' then ' generated always as identity' when a.attidentity = 'd' then ' generated by default as identity' else '' end
          || case when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
            when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end
          || case when a.attnotnull then ' not null' else '' end
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
      array(select 'constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid, true) from pg_constraint
        where conrelid = o.oid and contype in ('p', 'u', 'c', 'f', 'x') order by array_position('{p,u,f,c,x}', contype), conname) as constraints,
      array(select pg_get_indexdef(indexrelid) from pg_index i join pg_class c on c.oid = indexrelid where indrelid = o.oid
        and not exists (select from pg_constraint where conindid = indexrelid) order by c.relname) as indexes,
      array(select format('comment on %s is %L', case when d.objsubid = 0 then 'table ' || quote_ident(o.name)
          else 'column ' || quote_ident(o.name) || '.' || quote_ident(a.attname) end, d.description)
        from pg_description d left join pg_attribute a on a.attrelid = d.objoid and a.attnum = d.objsubid and d.objsubid > 0
        where d.objoid = o.oid and d.classoid = 'pg_class'::regclass order by d.objsubid) as comments
    from ours o join pg_class c using (oid) order by o.depth, o.name`
  return Promise.all(
    tables.map(async ({ name, unlogged, options, columns, constraints, indexes, comments }) => ({
      name,
      columns: [
        `create ${unlogged ? 'unlogged ' : ''}table ${name} (\n  ${[...columns, ...constraints].join(',\n  ')}\n)${options ? ` with (${options})` : ''}`,
        ...indexes.map(lowered),
        ...comments,
      ],
      guards: await guardsOf(sql, name),
    })),
  )
}

async function guardsOf(sql: Tx, table: string): Promise<string[]> {
  const [row] = await sql<{ security: boolean; forced: boolean }[]>`
    select relrowsecurity as security, relforcerowsecurity as forced from pg_class where oid = ${table}::regclass`
  const triggers = await sql<{ text: string }[]>`
    select pg_get_triggerdef(oid, true) as text from pg_trigger where tgrelid = ${table}::regclass and not tgisinternal order by tgname`
  const policies = await sql<{ name: string; cmd: string; using: string | null; check: string | null }[]>`
    select policyname as name, cmd, qual as using, with_check as check from pg_policies
    where schemaname = 'public' and tablename = ${table} and policyname not in ('owner_works', 'worker_proves') order by policyname`
  const grants = await sql<{ text: string }[]>`
    select format('grant %s on %I to ${sql.unsafe(GROUP_ROLE)}', string_agg(lower(privilege_type), ', ' order by privilege_type), ${table}::text) as text
      from pg_class c, aclexplode(c.relacl) where c.oid = ${table}::regclass and grantee = ${GROUP_ROLE}::regrole having count(*) > 0
    union all
    select format('grant %s (%s) on %I to ${sql.unsafe(GROUP_ROLE)}', lower(privilege_type), string_agg(quote_ident(attname), ', ' order by attname), ${table}::text)
      from pg_attribute a, aclexplode(a.attacl) where a.attrelid = ${table}::regclass and grantee = ${GROUP_ROLE}::regrole group by privilege_type`
  return [
    ...(row?.security ? [`alter table ${table} enable row level security`] : []),
    ...(row?.forced ? [`alter table ${table} force row level security`] : []),
    ...policies.map(
      ({ name, cmd, using, check }) =>
        `create policy ${name} on ${table}${cmd === 'ALL' ? '' : ` for ${cmd.toLowerCase()}`} to ${GROUP_ROLE}` +
        (using ? `\n  using (${using})` : '') +
        (check ? `\n  with check (${check})` : ''),
    ),
    ...triggers.map(({ text }) => lowered(text)),
    ...grants.map(({ text }) => text),
  ]
}

// Who owns the tables is whoever makes them.
function ownerWorks(tables: Table[]): string {
  return `do $$
declare t text;
begin
  foreach t in array array[${tables.map(({ name }) => quote(name)).join(', ')}] loop
    execute format('create policy owner_works on %I to %I using (true) with check (true)', t, current_user);
  end loop;
end $$`
}

function lowered(statement: string): string {
  return statement.replace(/^CREATE (UNIQUE INDEX|INDEX|TRIGGER)/, (words) => words.toLowerCase())
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
