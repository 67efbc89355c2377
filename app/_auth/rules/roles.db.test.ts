import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { mayInSql, sideInSql } from './in-sql.ts'
import { type Asker, CAPABILITIES, roleMay, SIDE } from './roles.ts'

const { owner, app } = await createTestDatabase()

const ASKERS = Object.keys(SIDE) as Asker[]
const STRANGERS = ['', 'door', 'root', 'REPORTER']

/** What the database answers to this role, as the application asks it. */
async function asked(role: string): Promise<{ may: string[]; side: string | null }> {
  return app.begin(async (sql) => {
    await sql`select set_config('app.role', ${role}, true)`
    const [row] = await sql<{ may: string[]; side: string | null }[]>`select app.side() as side,
      array(select c from unnest(${CAPABILITIES}::text[]) c where app.may(c)) as may`
    return row ?? { may: [], side: null }
  })
}

describe('the database says who may what as the table does', () => {
  test.each(ASKERS)('%s', async (role) => {
    const allowed = CAPABILITIES.filter((one) => roleMay(role, one))
    expect(await asked(role)).toEqual({ may: allowed, side: SIDE[role] })
  })

  test.each(STRANGERS)('“%s” may nothing', async (role) => {
    expect((await asked(role)).may).toEqual([])
  })

  test('what nobody has heard of, nobody may', async () => {
    const [row] = await app`select set_config('app.role', 'admin', false), app.may('everything') as may`
    expect(row?.may).toBe(false)
  })

  test.each([
    ['may', mayInSql()],
    ['side', sideInSql()],
  ])(
    'app.%s is written of the table: a migration must say the text expected here',
    async (name, expected) => {
      const [row] =
        await owner`select prosrc from pg_proc where pronamespace = 'app'::regnamespace and proname = ${name}`
      expect(row?.prosrc).toBe(expected)
    },
  )
})

describe('policies and functions', () => {
  // `may_hold` says which shift an account of which role may hold (app/crisis/rules/roster.ts, compared there); `setup` counts
  // directors.
  const ROLE_TYPED = /'(?:agent|lead|director|admin|wall)'/

  test('type no role of the cell out: they ask app.may', async () => {
    const said = await owner<{ name: string; text: string }[]>`
      select tablename || '.' || policyname as name, concat_ws(' ', qual, with_check) as text from pg_policies
        where schemaname = 'public'
      union all select proname, prosrc from pg_proc where pronamespace = 'app'::regnamespace and proname not in ('may', 'side', 'may_hold', 'setup')`
    expect(said.length).toBeGreaterThan(80)
    expect(said.filter(({ text }) => ROLE_TYPED.test(text)).map(({ name }) => name)).toEqual([])
  })

  test('ask for capabilities that there are', async () => {
    const said = await owner<{ text: string }[]>`
      select concat_ws(' ', qual, with_check) as text from pg_policies where schemaname = 'public'
      union all select prosrc from pg_proc where pronamespace = 'app'::regnamespace`
    const named = new Set(
      said.flatMap(({ text }) => [...text.matchAll(/app\.may\('([^']+)'/g)].map((one) => one[1])),
    )
    expect(named.size).toBeGreaterThan(12)
    expect([...named].filter((one) => !CAPABILITIES.some((known) => known === one))).toEqual([])
  })

  // By what he is instead: the account, its organisation, the door, the machine, somebody at all.
  const BY_WHO_HE_IS = /app\.(?:account|organisation)\(\)|app\.role\(\)[^']{0,30}(?:=|<>) '(?:door|machine|)'/

  test('let nobody in without asking who, but where there is nothing to hide', async () => {
    const policies = await owner<{ name: string; text: string }[]>`
      select tablename || '.' || policyname as name, concat_ws(' ', qual, with_check) as text from pg_policies
      where schemaname = 'public' and policyname not in ('owner_works', 'worker_proves') order by 1`
    const silent = policies.filter(({ text }) => !/app\.may\(/.test(text) && !BY_WHO_HE_IS.test(text))
    expect(silent.map(({ name }) => name)).toEqual([
      'case_test.seen', // whoever sees the case
      'clock.everyone_reads',
      'commune.everyone_reads',
      'emergency_number.everyone_reads',
      'setting.everyone_reads',
      'territory.everyone_reads',
      'ticket.seen', // whoever sees the case
      'worker_heartbeat.everyone_reads',
    ])
  })
})
