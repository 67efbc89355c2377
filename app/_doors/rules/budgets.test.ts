import { describe, expect, test } from 'vitest'
import { type Asked, BUDGETS, spendings } from './budgets.ts'

const ALL = Object.keys(BUDGETS) as Asked[]
const MINUTE = 60_000

test.each(ALL)(
  '%s: an organisation has room for several accounts, an address for several organisations',
  (asked) => {
    const { account, organisation, address } = BUDGETS[asked]
    expect(organisation.burst).toBeGreaterThanOrEqual(2 * account.burst)
    expect(address.burst).toBeGreaterThanOrEqual(2 * organisation.burst)
    expect(organisation.everyMs).toBeLessThan(account.everyMs)
    expect(address.everyMs).toBeLessThan(organisation.everyMs)
  },
)

describe('a national outage', () => {
  test('a hundred organisations behind one exit report six tickets each at the same instant', () => {
    expect(BUDGETS.report_by_token.address.burst).toBeGreaterThanOrEqual(100 * 6)
  })

  test('a room of ten at one account, each reporting as fast as one can speak, for an hour', () => {
    const said = (10 * 60 * MINUTE) / 90_000
    const { burst, everyMs } = BUDGETS.report_on_web.account
    expect(burst + (60 * MINUTE) / everyMs).toBeGreaterThan(said)
  })
})

test('one token cannot make three hundred and fifty cases in twenty seconds', () => {
  const { burst, everyMs } = BUDGETS.report_by_token.account
  expect(burst + 20_000 / everyMs).toBeLessThan(100)
})

test('what is spent: the narrowest first, and nothing for what is not known', () => {
  const all = spendings('search', { account: '7', organisation: '3', address: 'a' })
  expect(all.map(({ key }) => key)).toEqual(['search:account:7', 'search:organisation:3', 'search:address:a'])
  expect(spendings('search', { account: '7', organisation: null, address: null })).toHaveLength(1)
  expect(spendings('search', { account: '7', organisation: null, address: null }, 10)).toMatchObject([
    { burst: 10 * BUDGETS.search.account.burst, everyMs: BUDGETS.search.account.everyMs / 10 },
  ])
})
