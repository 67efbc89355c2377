/**
 * How much one account, one organisation and one address may ask of the service: so many at once, then one each while.
 * Large enough for a control room in a national outage, small enough that one machine gone wild is nobody else's
 * trouble. Telephone intake by the cell has none: whoever writes down what he hears is never told to wait. All [D].
 */
export type Budget = { burst: number; everyMs: number }
export type Whose = 'account' | 'organisation' | 'address'

export const BUDGETS = {
  /** Reports of machines. */
  report_by_token: {
    // An automaton that finds all of a centre's lines dead says it at once, a ticket for each number and commune; then
    // one each two seconds is more than any room can act on.
    account: { burst: 60, everyMs: 2_000 },
    // An operator or a zone with four of them.
    organisation: { burst: 240, everyMs: 500 },
    // A hundred organisations behind one exit of the State's network, six tickets each at the same instant.
    address: { burst: 600, everyMs: 200 },
  },
  /** Reports of people: one takes ninety seconds to say. */
  report_on_web: {
    // A room of twenty at one account, all sending in the same moment, then fifteen times as fast as they can speak.
    account: { burst: 20, everyMs: 6_000 },
    organisation: { burst: 60, everyMs: 2_000 },
    // One exit for every préfecture: two reports each at the same instant.
    address: { burst: 200, everyMs: 500 },
  },
  /** Notes, tests and confirmations of machines: a few for each ticket. */
  change_by_token: {
    account: { burst: 240, everyMs: 500 },
    organisation: { burst: 960, everyMs: 125 },
    address: { burst: 2_400, everyMs: 50 },
  },
  /** Searches, and lists that machines read: ten people of a room at one account, each a search every two seconds. */
  search: {
    account: { burst: 120, everyMs: 200 },
    organisation: { burst: 600, everyMs: 40 },
    address: { burst: 2_400, everyMs: 10 },
  },
  /** Files for cases: each picture is drawn anew, one after the other. A case takes ten. */
  attach: {
    account: { burst: 20, everyMs: 6_000 },
    organisation: { burst: 40, everyMs: 3_000 },
    address: { burst: 100, everyMs: 1_000 },
  },
  /** Whole journals to take away: an inquiry takes a few. */
  export: {
    account: { burst: 10, everyMs: 30_000 },
    organisation: { burst: 30, everyMs: 10_000 },
    address: { burst: 60, everyMs: 5_000 },
  },
} as const satisfies Record<string, Record<Whose, Budget>>

export type Asked = keyof typeof BUDGETS

/**
 * Live streams open at once in one process. A browser opens one for all its tabs: twelve are as many browsers under one
 * session; a hundred and twenty are a large room, each screen signed in to the same account.
 */
export const STREAMS = { session: 12, account: 120 } as const

export type Spending = { key: string; burst: number; everyMs: number }

/** What is spent, the narrowest first: who has none left himself takes nothing from his colleagues. */
export function spendings(asked: Asked, whose: Record<Whose, string | null>, factor = 1): Spending[] {
  return (['account', 'organisation', 'address'] as const).flatMap((one) => {
    const { burst, everyMs }: Budget = BUDGETS[asked][one]
    const key = whose[one]
    return key === null
      ? []
      : [{ key: `${asked}:${one}:${key}`, burst: burst * factor, everyMs: everyMs / factor }]
  })
}
