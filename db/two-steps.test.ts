import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import list from './migrations/meta/_journal.json' with { type: 'json' }
import { type Migration, oldestServed, takenBy } from './two-steps.ts'

/** From here on somebody may run the version before. */
const FIRST_RELEASE = '20261127000000'

function migration(text: string, tag = '20270201000000_second'): Migration {
  return { tag, when: Number(tag.slice(0, 14)), text }
}
const takes = (text: string) => takenBy(migration(text)).map(({ what }) => what)

test('every migration since the first release leaves the version before it at work, or says in two steps why not', () => {
  const unnoted = known()
    .filter(({ tag }) => tag > FIRST_RELEASE)
    .flatMap(takenBy)
    .filter(({ note }) => !note)
  expect(unnoted).toEqual([])
})

test('it reads what is there: the first schema takes nothing, and makes more than forty tables', () => {
  const [first] = known()
  expect(first && takenBy(first)).toEqual([])
  expect(first?.text.match(/create table/gi)?.length).toBeGreaterThan(40)
})

test.each([
  ['a table', 'drop table ladder', 'drop table ladder'],
  ['a column', 'ALTER TABLE "cases" DROP COLUMN "level";', 'alter table cases drop column level'],
  ['a column, in short', 'alter table cases drop level', 'alter table cases drop level'],
  ['one of two', 'alter table cases add column a int, drop column b', 'alter table cases drop column b'],
  [
    'a column’s name',
    'alter table public.cases rename column a to b',
    'alter table cases rename column a to b',
  ],
  ['a table’s name', 'alter table cases rename to dossier', 'alter table cases rename to dossier'],
  [
    'a type',
    'alter table cases alter column a set data type bigint',
    'alter table cases alter column a set data type bigint',
  ],
  [
    'an empty value',
    'ALTER TABLE "cases" ALTER COLUMN "a" SET NOT NULL',
    'alter table cases alter column a set not null',
  ],
  ['a default', 'alter table cases alter a drop default', 'alter table cases alter a drop default'],
  [
    'a column that must be filled',
    'alter table cases add column a int not null',
    'alter table cases add column a int not null',
  ],
  [
    'a value that was allowed',
    'alter table cases add constraint c check (a > 1)',
    'alter table cases add constraint c check(a > 1)',
  ],
  ['two alike', 'create unique index i on cases (a)', 'create unique index i on cases(a)'],
  ['a function', 'drop function app.f(text)', 'drop function app.f'],
  [
    'a function whose arguments change',
    'drop function app.f(text); create function app.f(text, int) returns int language sql as $$ select 1 $$',
    'drop function app.f',
  ],
  ['a function’s name', 'alter function app.f(text) rename to g', 'alter function app.f(text)rename to g'],
  ['a right', 'revoke select on cases from permanence_app', 'revoke select on cases from permanence_app'],
  ['a policy', 'drop policy seen on cases', 'drop policy seen on cases'],
  ['a view', 'drop view if exists v cascade', 'drop view v'],
])('takes %s', (_, text, what) => {
  expect(takes(text)).toEqual([what])
})

test.each([
  ['a table', 'create table t (a int not null); alter table t add constraint c check (a > 1); drop table t'],
  ['a column', 'alter table cases add column a int'],
  ['a column that fills itself', "alter table cases add column a text not null default 'x, y'"],
  ['a computed column', 'alter table cases add column a int not null generated always as (b + 1) stored'],
  [
    'what only its own column bears',
    'alter table cases add column a bigint; alter table cases add constraint c foreign key (a) references t (id); create unique index i on cases (a)',
  ],
  ['a policy in the place of another', 'drop policy seen on cases; create policy seen on cases using (true)'],
  [
    'a trigger in the place of another',
    'drop trigger t on cases; create trigger t before update on cases for each row execute function app.f()',
  ],
  [
    'a function anew',
    'create or replace function app.f() returns int language sql as $$ drop table x; select 1 $$',
  ],
  [
    'words that only say so',
    "-- drop table cases;\ninsert into setting values ('drop table cases; alter table x rename to y')",
  ],
  ['a constraint that no longer stands', 'alter table cases drop constraint c'],
  ['an index', 'create index i on cases (a)'],
  ['what anybody might have called', 'revoke execute on function app.f() from public'],
])('takes nothing with %s', (_, text) => {
  expect(takes(text)).toEqual([])
})

const [one, two] = [migration('', '20270101000000_one'), migration('', '20270102000000_two')]
const TAKING = 'alter table cases drop column a;'

test.each([
  ['nothing is taken: the very first', 'create table t ()', '20270101000000_one'],
  ['taken without a word: itself alone', TAKING, '20270201000000_second'],
  [
    'in two steps: those from the first step on',
    `-- two steps: since 20270102000000_two\n${TAKING}`,
    '20270102000000_two',
  ],
  [
    'in two steps, of which the first is unknown: itself alone',
    `-- two steps: since 20260102000000_no\n${TAKING}`,
    '20270201000000_second',
  ],
  ['no older code minds: the very first', `-- older code: never read it\n${TAKING}`, '20270101000000_one'],
])('serves the code of %s', (_, text, tag) => {
  expect(oldestServed([one, two, migration(text)])?.tag).toBe(tag)
})

test('a note is for the statement beneath it alone', () => {
  const found = takenBy(migration(`${TAKING}\n-- two steps: since 20270102000000_two\ndrop table t;`))
  expect(found.map(({ note }) => note)).toEqual([null, { since: '20270102000000_two' }])
})

function known(): Migration[] {
  return list.entries.map(({ tag, when }) => ({
    tag,
    when,
    text: readFileSync(`db/migrations/${tag}.sql`, 'utf8'),
  }))
}
