import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { hashToken } from '#app/_auth/token.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { apiDoor } from './api.ts'
import { budgetOf } from './budget.ts'
import { BUDGETS, type Spending, spendings } from './rules/budgets.ts'

const asked = vi.hoisted(() => ({ headers: new Headers() }))
vi.mock('next/headers', () => ({ headers: async () => asked.headers }))
vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))
vi.stubEnv('AUTH_SECRET', 's')

const { owner, app } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T08:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const spend = async (budget: Spending[], at = now) =>
  Number((await app`select app.spend(${app.json(budget as never)}, ${at}) as waits`)[0]?.waits)
const times = async (n: number, what: () => Promise<number>) => {
  const waits: number[] = []
  for (let i = 0; i < n; i++) waits.push(await what())
  return waits
}

beforeEach(async () => {
  await owner`delete from budget`
})

describe('so many at once, then one each while', () => {
  const budget = [{ key: 'k', burst: 5, everyMs: 2_000 }]

  test('the last there is, then the time until the next', async () => {
    expect(await times(6, () => spend(budget))).toEqual([0, 0, 0, 0, 0, 2_000])
    expect(await spend(budget, later(500))).toBe(1_500)
  })

  test.each([
    ['a moment before the next', 1_999, [1]],
    ['the next', 2_000, [0, 2_000]],
    ['all of it again, and no more', 60_000, [0, 0, 0, 0, 0, 2_000]],
  ])('%s', async (_, ms, waits) => {
    await times(5, () => spend(budget))
    expect(await times(waits.length, () => spend(budget, later(ms)))).toEqual(waits)
  })

  test('forty at the same instant get what there is and no more', async () => {
    const waits = await Promise.all(Array.from({ length: 40 }, () => spend(budget)))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
  })

  test('a clock that was ahead and went back holds nobody up', async () => {
    await times(5, () => spend(budget, later(86_400_000)))
    expect(await spend(budget)).toBe(0)
  })

  test('who has none left takes nothing from his colleagues', async () => {
    const own = (key: string) =>
      [
        { ...budget[0], key },
        { key: 'shared', burst: 7, everyMs: 2_000 },
      ] as Spending[]
    await times(50, () => spend(own('wild')))
    expect(await times(3, () => spend(own('calm')))).toEqual([0, 0, 2_000])
  })

  test('nobody reads or writes it but by spending', async () => {
    await expect(app`select * from budget`).rejects.toThrow(/permission denied/)
    await expect(app`delete from budget`).rejects.toThrow(/permission denied/)
  })
})

describe('a report', () => {
  const input = () =>
    reportInput.parse({
      ...{ numbers: ['15'], symptom: 'NO_RING', territoryCode: '59', submissionId: randomUUID() },
    })
  const { burst, everyMs } = BUDGETS.report_on_web.account
  const budget = spendings('report_on_web', { account: '1', organisation: '1', address: null })

  test('the last that may be sent, the next told when to come back, nothing made and no number used up', async () => {
    await owner`insert into budget (key, full_at) values ('report_on_web:account:1', ${later((burst - 1) * everyMs)})`
    const last = await reportCase(people.samu59, { ...input(), budget }, now)
    const over = await reportCase(people.samu59, { ...input(), budget }, now)
    expect(over).toEqual({
      ok: false,
      reason: { key: 'forms.too_many', values: { seconds: everyMs / 1000 } },
    })
    const next = await reportCase(people.samu59, { ...input(), budget }, later(everyMs))
    const rank = (made: typeof last) => (made.ok ? Number(made.value.reference.slice(5, 11)) : 0)
    expect(rank(next)).toBe(rank(last) + 1)
  })

  test('by telephone has no budget: more at one instant than a person may send are as many cases', async () => {
    const heard = Array.from({ length: burst + 1 }, () => ({ ...input(), channel: 'phone' as const }))
    const made = await Promise.all(heard.map((one) => reportCase(people.agent, one, now)))
    expect(made.every(({ ok }) => ok)).toBe(true)
    expect(await owner`select 1 from budget`).toHaveLength(0)
  })
})

describe('the door for machines', () => {
  const token = 'a-token-of-some-thirty-characters'
  const door = apiDoor(z.object({}), async () => ({ ok: true, value: null }), {
    may: 'cases.report',
    scope: 'read',
    spends: 'export',
  })
  const ask = () => door(new Request('http://localhost/x'), {})
  // The door has a clock of its own.
  const TOMORROW = new Date(Date.now() + 86_400_000)

  test('answers 429 with when to ask again, and in words; another account is not held up', async () => {
    await owner`insert into api_token (account_id, hash, name, created_at, scopes, expires_at)
      values (${people.samu59.accountId}, ${hashToken(token)}, 'a', ${now}, '{read}', ${TOMORROW}), (${people.samu37.accountId}, ${hashToken(`${token}2`)}, 'b', ${now}, '{read}', ${TOMORROW})`
    asked.headers = new Headers({ authorization: `Bearer ${token}` })
    for (let n = 0; n < BUDGETS.export.account.burst; n++) expect((await ask()).status).toBe(200)
    const over = await ask()
    const [seconds, body] = [Number(over.headers.get('retry-after')), await over.json()]
    expect(over.status).toBe(429)
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(BUDGETS.export.account.everyMs / 1000)
    expect(body).toMatchObject({ code: '429', key: 'forms.too_many' })
    expect(body.message).toContain('ligne de permanence')
    asked.headers = new Headers({ authorization: `Bearer ${token}2` })
    expect((await ask()).status).toBe(200)
  })
})

test.each([
  ['an address that may be believed is kept as a mark', '1', 3],
  ['one that may not is nobody’s', '', 2],
])('%s', async (_, trust, keys) => {
  vi.stubEnv('TRUST_PROXY', trust)
  asked.headers = new Headers({ 'x-forwarded-for': '198.51.100.7' })
  const budget = await budgetOf(people.samu59, 'search')
  expect(budget).toHaveLength(keys)
  expect(JSON.stringify(budget)).not.toContain('198.51')
})
