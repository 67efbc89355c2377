import { AsyncLocalStorage } from 'node:async_hooks'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { hashToken } from '#app/_auth/token.ts'
import { append } from '#app/_journal/append.ts'
import { ACTS_FROM } from '#app/cases/rules/reporter-shown.ts'
import { readCase } from '#app/my/queries.ts'
import { type Asked, shareRequests } from '#db/away.ts'
import { limits } from '#db/limits.ts'
import { AS_DISCREPANCY, DISCREPANCY_SEVERITY } from '#db/reference/discrepancies.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { asked } from '#scripts/testing/request.ts'
import { stream } from './door.ts'
import { AT_ONCE, LISTS, type ListName } from './lists.ts'

vi.mock('next/headers', () => import('#scripts/testing/request.ts'))
vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))
vi.stubEnv('PERMANENCE_BUDGET_FACTOR', '1000')

const { owner, app } = await createTestDatabase()
const people = await makePeople(owner)
const DOORS = {
  cases: (await import('../v1/exports/cases/route.ts')).GET,
  tests: (await import('../v1/exports/tests/route.ts')).GET,
  messages: (await import('../v1/exports/messages/route.ts')).GET,
  journal: (await import('../v1/exports/journal/route.ts')).GET,
}
const TOKEN = {
  samu59: 'a-key-of-the-centre-of-the-north',
  pref59: 'a-key-of-the-authority-of-the-north',
  agent: 'a-key-of-somebody-of-the-cell',
}
const take = (name: ListName, query = '', who: keyof typeof TOKEN = 'agent') => {
  asked.set('authorization', `Bearer ${TOKEN[who]}`)
  return DOORS[name](new Request(`http://here.invalid/api/v1/exports/${name}?${query}`), undefined)
}
const lines = async (name: ListName, query = '', who: keyof typeof TOKEN = 'agent') => {
  const answer = await take(name, `format=jsonl&${query}`, who)
  expect(answer.status, await answer.clone().text()).toBe(200)
  const text = await answer.text()
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
const MANY = AT_ONCE * 2 + 7

beforeAll(async () => {
  for (const who of ['samu59', 'pref59', 'agent'] as const)
    await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
      values (${people[who].accountId}, ${hashToken(TOKEN[who])}, 'essai', '{read}', now(), now() + interval '1 day')`
  await says(people.samu59, '59', new Date())
  await says(people.samu37, '37', new Date())
  await owner`update cases set details = '=HYPERLINK("http://evil.example";"tout va bien")' where territory_code = '59'`
  const [first] = await owner<{ id: number }[]>`select id::int from cases where territory_code = '37'`
  await owner`insert into case_test (case_id, side, purpose, passed, tried, at, recorded_at)
    select ${first?.id ?? 0}, 'cell', 'check', 1, 2, now(), now() from generate_series(1, ${MANY})`
})

describe('a list that is taken away', () => {
  test('has each line once, however many, the newest first; as a table the same', async () => {
    const found = await lines('tests', 'territory=37')
    expect(found.length).toBe(MANY)
    expect(Object.keys(found[0])).toEqual(Object.keys(LISTS.tests.columns))
    const bytes = await (await take('tests', 'territory=37')).arrayBuffer()
    const table = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    expect(table.match(/\uFEFF/g)).toHaveLength(1)
    const cells: string[][] = parse(table, { bom: true, delimiter: ';' })
    expect([cells.length, cells[0]]).toEqual([MANY + 1, Object.keys(LISTS.tests.columns)])
  })

  test('has in a cell no formula, in a JSON line the text itself', async () => {
    const cells: Record<string, string>[] = parse(await (await take('cases', 'territory=59')).text(), {
      ...{ bom: true, delimiter: ';', columns: true },
    })
    expect(cells[0]?.details).toMatch(/^'=HYPERLINK/)
    expect((await lines('cases', 'territory=59'))[0]?.details).toMatch(/^=HYPERLINK/)
  })

  test('says what fails in the words of NENA i3 too', async () => {
    const [one] = await lines('cases', 'territory=59')
    const { type, problem } = AS_DISCREPANCY[one.symptom as 'NO_RING'] ?? {}
    expect(type).toMatch(/DiscrepancyReport$/)
    expect([one.i3_report_type, one.i3_problem]).toEqual([type, problem])
    expect(one.i3_severity).toBe(DISCREPANCY_SEVERITY[one.level as 1])
  })

  test('holds what whoever asks may see, and no more', async () => {
    expect((await lines('cases')).map((one) => one.territory_code).sort()).toEqual(['37', '59'])
    expect((await lines('cases', '', 'samu59')).map((one) => one.territory_code)).toEqual(['59'])
    expect(await lines('tests', '', 'samu59')).toEqual([])
    expect(await lines('messages', '', 'samu59')).toEqual([])
    const told = (await lines('journal', '', 'pref59')).filter(({ chain }) => !chain.startsWith('account:'))
    expect(told.map(({ event }) => event)).toContain('case.reported')
    expect(told.every(({ visibility }) => visibility === 'public')).toBe(true)
    expect(new Set(told.map(({ chain }) => chain)).size).toBe(1)
    const mine = await lines('journal', '', 'samu59')
    expect(mine.length).toBeGreaterThan(0)
    expect(
      mine.every(
        ({ chain, visibility }) => visibility === 'public' || chain === `account:${people.samu59.accountId}`,
      ),
    ).toBe(true)
  })

  test.each([
    ['need not act', 1, 'checking', 'SAMU 59 (essai)', {}],
    ['must act', ACTS_FROM.departement, 'checking', people.samu59.name, { saidBy: 'Camille' }],
    ['had to act before it was over', ACTS_FROM.departement, 'closed', 'SAMU 59 (essai)', {}],
  ] as const)(
    'names who reported to an authority as the page does: where it %s',
    async (_, level, state, who, data) => {
      await owner`update cases set level = ${level}, state = ${state} where territory_code = '59'`
      const [{ reference } = { reference: '' }] =
        await owner`select reference from cases where territory_code = '59'`
      if (level === 1)
        await asActor(people.agent, async (tx) => {
          const [{ id } = { id: 0 }] = await owner<
            { id: number }[]
          >`select id::int from cases where territory_code = '59'`
          const line = {
            chain: `case:${id}`,
            caseId: id,
            event: 'case.confirmed',
            visibility: 'public',
          } as const
          await append(tx, people.agent, { ...line, at: new Date(), data: { saidBy: 'Camille' } })
        })
      const seen = async (reader: 'pref59' | 'samu59' | 'agent') => {
        const found = await lines('journal', `reference=${reference}`, reader)
        return found.filter(({ event }) => ['case.reported', 'case.confirmed'].includes(event)).reverse()
      }
      const page = await readCase(people.pref59, reference, new Date())
      expect(page?.lines.find(({ event }) => event === 'case.reported')?.who).toBe(who)
      expect(await seen('pref59')).toMatchObject([{ actor: who }, { actor: people.agent.name }])
      expect((await seen('pref59'))[1]?.data).toEqual(data)
      for (const reader of ['samu59', 'agent'] as const)
        expect(await seen(reader)).toMatchObject([
          { actor: people.samu59.name },
          { data: { saidBy: 'Camille' } },
        ])
      await owner`update cases set state = 'received' where territory_code = '59'`
    },
  )

  test.each([
    ['cases', 'territory=59', 1],
    ['cases', 'q=nothing-of-the-kind', 0],
    ['cases', 'state=closed', 0],
    ['cases', 'closed=1', 2],
    ['tests', 'territory=59', 0],
    ['journal', 'event=case.reported', 2],
    ['journal', 'event=case.reported&until=2020-01-01T00:00:00Z', 0],
    ['journal', 'event=case.reported&from=2020-01-01T00:00:00Z', 2],
    ['messages', 'state=failed&channel=sms&reference=2026-000001-5', 0],
  ] as const)('%s is filtered as its page is: %s', async (name, query, count) => {
    expect((await lines(name, query)).length).toBe(count)
  })

  test.each([
    ['cases', 'level=9', 'level'],
    ['cases', 'state=broken', 'state'],
    ['cases', 'colour=red', ''],
    ['cases', 'format=xlsx', 'format'],
    ['journal', 'from=yesterday', 'from'],
    ['messages', 'state=lost', 'state'],
  ] as const)('%s?%s is refused by name, and no file begins', async (name, query, field) => {
    const answer = await take(name, query)
    expect(answer.status).toBe(422)
    expect(Object.keys((await answer.json()).fields)).toEqual([field])
  })

  test('is written down in the chain of who took it', async () => {
    await lines('cases', '', 'samu59')
    const [line] =
      await owner`select chain, data from journal where event = 'account.list_taken' order by id desc limit 1`
    expect(line).toMatchObject({
      chain: `account:${people.samu59.accountId}`,
      data: { what: 'cases', format: 'jsonl' },
    })
  })
})

test('however long its reader takes, each part of a list may wait for the database as a whole request may', async () => {
  const store = new AsyncLocalStorage<Asked>()
  shareRequests(store)
  const left: number[] = []
  await store.run({ until: Date.now() - 60_000, away: false }, async () => {
    left.push(limits().statement)
    const list = stream(
      { rows: [], next: { at: '', id: 1 } },
      async () => {
        left.push(limits().statement)
        return { rows: [], next: null }
      },
      { head: 'head', body: () => '' },
    )
    await new Response(list).text()
  })
  expect(left).toHaveLength(2)
  expect(left[1]).toBeGreaterThan((left[0] ?? 0) * 10)
})

test('the next lines are read when those before were taken, and none after the last', async () => {
  const read: number[] = []
  const batch = (n: number) => ({ rows: [{ n }], next: n < 3 ? { at: '', id: n } : null })
  const reader = stream(
    batch(0),
    async (after) => {
      read.push((after?.id ?? 0) + 1)
      return batch((after?.id ?? 0) + 1)
    },
    { head: 'head\n', body: (rows) => `${JSON.stringify(rows)}\n` },
  ).getReader()
  await reader.read()
  await new Promise(setImmediate)
  expect(read).toEqual([])
  await reader.read()
  await new Promise(setImmediate)
  expect(read).toEqual([1])
  while (!(await reader.read()).done);
  expect(read).toEqual([1, 2, 3])
})

test('whose test it is, is asked of each in its turn: a page of a long list reads no case but its own', async () => {
  const plan = await app.begin(async (sql) => {
    await sql`select set_config('app.role', 'agent', true), set_config('app.account', ${String(people.agent.accountId)}, true)`
    return sql`explain select id from case_test order by id desc limit ${AT_ONCE}`
  })
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).not.toMatch(/hashed SubPlan|Seq Scan on cases/)
})
