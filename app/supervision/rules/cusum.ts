import { DEPARTEMENTS } from '#db/reference/territories.ts'

/**
 * What many test calls say together: a loss of one call in nine shows in no single destination and in all of them at once. One running
 * sum (CUSUM, Page 1954) for each scope; of what is found the sharpest is named.
 */
export const POOLED_KINDS = ['country', 'area', 'number', 'operator', 'technology', 'probe'] as const
export type PooledKind = (typeof POOLED_KINDS)[number]

export type TestCall = {
  at: number
  probe: string
  operator: string
  technology: string
  territory: string
  area: string | null
  number: string
  failed: boolean
}

/** How often calls of a scope usually fail, and how many there are of them. */
export type UsualCalls = { share: number; perYear: number }
export type Usuals = Readonly<Record<string, UsualCalls>>

/** Of one scope: its sum, since when it stands above nought, and the calls since. */
export type Sum = {
  sum: number
  since: number
  calls: number
  failed: number
  /** Territories where it failed, the first few: one alone is no scope. */
  places: string[]
}
export type Memory = {
  sums: Record<string, Sum>
  /** Destinations whose last call failed: told already, they say nothing more to wider scopes. */
  failing: Record<string, true>
  /** What is going on: the scope that was named, and when. Over when its sum is back at nought. */
  alarms: Record<string, number>
}

export type Alarm = { key: string; kind: PooledKind; name: string; at: number; years: number } & Omit<
  Sum,
  'sum'
>

/** A network that is well loses so many at least; beyond so many nothing is usual any more [D]. */
const [LEAST_SHARE, MOST_SHARE] = [0.002, 0.2]
/** Where nothing has been learnt: one call in two hundred [D]. */
const UNKNOWN_SHARE = 0.005
/**
 * How much more than usual is looked for. Nationwide a loss of one in nine must be found (2 June 2021): the best test against it
 * looks for a little less. A narrower scope has few calls, and what fails there fails for more of them [D].
 */
const LIFT: Record<PooledKind, number> = {
  ...{ country: 0.075, number: 0.1, area: 0.2 },
  ...{ operator: 0.15, technology: 0.12, probe: 0.3 },
}
const YEAR_MIN = 525_600
/** Calls a minute where nothing has been learnt: the aim of a national plan. */
const UNKNOWN_PER_YEAR = 27 * YEAR_MIN
/** An alarm says that several places fail: a destination or a platform that fails alone is a burst's matter. */
const LEAST = { failed: 3, places: 2 }

const REGIONS = new Map(DEPARTEMENTS.map(({ code, regionCode }) => [code, regionCode]))
const SHARED = new Set(
  DEPARTEMENTS.flatMap(({ code, regionCode }) =>
    DEPARTEMENTS.some((one) => one.code !== code && one.regionCode === regionCode) ? [regionCode] : [],
  ),
)

/** The region of a territory; null where it is the only one there. */
export function areaOf(territory: string): string | null {
  const region = REGIONS.get(territory) ?? null
  return SHARED.has(region) ? region : null
}

export function nothingHeard(): Memory {
  return { sums: {}, failing: {}, alarms: {} }
}

/** Every scope a call counts in, the narrowest first. */
export function scopesOfCall(
  call: Pick<TestCall, 'probe' | 'operator' | 'technology' | 'area' | 'number'>,
): string[] {
  return [
    `probe:${call.probe}`,
    `operator:${call.operator.toLowerCase()}`,
    ...(call.area ? [`area:${call.area}`] : []),
    `technology:${call.technology}`,
    `number:${call.number}`,
    COUNTRY,
  ]
}
export const COUNTRY = 'country:*'

/** Hears calls in the order they came; what it says depends on them and what is usual, and on nothing else. */
export class PooledWatch {
  readonly memory: Memory
  readonly #usual: Usuals

  constructor(memory: Memory, usual: Usuals) {
    this.memory = structuredClone(memory)
    this.#usual = usual
  }

  hear(call: TestCall): void {
    const place = `${call.territory}|${call.number}`
    const { failing, alarms } = this.memory
    const told = failing[place] === true
    if (call.failed) failing[place] = true
    else delete failing[place]
    // It failed and fails still: its own matter, and one voice of what is wider.
    if (call.failed && told) return
    const keys = scopesOfCall(call)
    // A narrower scope that was named explains its failures: they are no fault of the country.
    const named = keys.findIndex((key) => alarms[key] !== undefined)
    const counted = call.failed && named >= 0 ? [keys[named] as string] : keys
    for (const key of counted) this.#add(key, call)
  }

  #add(key: string, { at, failed, territory }: TestCall): void {
    const { up, down } = weightsOf(key, this.#usual)
    const old = this.memory.sums[key] ?? { sum: 0, since: at, calls: 0, failed: 0, places: [] }
    const sum = old.sum + (failed ? up : -down)
    if (sum > 0) {
      const from = old.sum > 0 ? old : { since: at, calls: 0, failed: 0, places: [] }
      this.memory.sums[key] = {
        sum,
        since: from.since,
        calls: from.calls + 1,
        failed: from.failed + (failed ? 1 : 0),
        places: failed ? seen(from.places, territory) : from.places,
      }
      return
    }
    delete this.memory.sums[key]
    delete this.memory.alarms[key]
  }

  /** Scopes by how rare chance makes them as failing as this: once in so many years, over all scopes together. The rarest first. */
  standing(): Alarm[] {
    const scopes = Math.max(1, Object.keys(this.#usual).length)
    const all = this.memory.sums[COUNTRY]?.calls ?? Number.POSITIVE_INFINITY
    return Object.entries(this.memory.sums)
      .filter(([key, { failed, places, calls }]) => {
        if (failed < LEAST.failed || places.length < LEAST.places || this.memory.alarms[key] !== undefined)
          return false
        // What nearly every call goes through is the country by another name; one probe alone speaks for itself.
        return key === COUNTRY || key.startsWith('probe:') || calls < all * NEARLY_ALL
      })
      .map(([key, { sum, ...rest }]): Alarm => {
        const [kind = 'country', ...name] = key.split(':')
        const at = rest.since
        return {
          key,
          kind: kind as PooledKind,
          name: name.join(':'),
          at,
          years: yearsOfSum(key, sum, this.#usual) / scopes,
          ...rest,
        }
      })
      .sort((a, b) => sharper(a, b))
  }

  /** The alarm at `at` of what happens by chance once in `years` at most; null when nothing is so rare, or something named explains it. */
  alarm(at: number, years: number): Alarm | null {
    const [rarest] = this.standing()
    if (!rarest || rarest.years < years || this.memory.alarms[COUNTRY] !== undefined) return null
    return this.name(rarest, at)
  }

  /** What was found is named: wider sums begin anew, without what it explains. */
  name(found: Alarm, at: number): Alarm {
    this.memory.alarms[found.key] = at
    for (const key of Object.keys(this.memory.sums)) if (key !== found.key) delete this.memory.sums[key]
    return { ...found, at }
  }
}

function seen(places: readonly string[], territory: string): string[] {
  return places.length >= MOST_PLACES || places.includes(territory) ? [...places] : [...places, territory]
}
const MOST_PLACES = 12
const NEARLY_ALL = 0.8

/** A probe of which everything fails before the operator that it alone speaks for: what cannot be told apart is the lesser thing. */
function sharper(a: Alarm, b: Alarm): number {
  const near = Math.abs(Math.log(a.years) - Math.log(b.years)) < 0.5
  if (near) return POOLED_KINDS.indexOf(b.kind) - POOLED_KINDS.indexOf(a.kind)
  return b.years - a.years
}

/** The log of how much likelier a failure, and a passing call, are in trouble than usually. */
function weightsOf(key: string, usual: Usuals): { up: number; down: number; usualDrift: number } {
  const [kind = 'country'] = key.split(':')
  const share = Math.min(
    MOST_SHARE,
    Math.max(LEAST_SHARE, usual[key]?.share ?? usual[COUNTRY]?.share ?? UNKNOWN_SHARE),
  )
  const bad = Math.min(0.9, share + LIFT[kind as PooledKind])
  const [up, down] = [Math.log(bad / share), -Math.log((1 - bad) / (1 - share))]
  return { up, down, usualDrift: (1 - share) * down - share * up }
}

/**
 * Once in how many years chance alone brings a sum so high: Wald's approximation of the run length of a CUSUM, without the overshoot, which
 * makes it say a little sooner than it is.
 */
function yearsOfSum(key: string, sum: number, usual: Usuals): number {
  const { usualDrift } = weightsOf(key, usual)
  const perYear = usual[key]?.perYear ?? UNKNOWN_PER_YEAR
  return (Math.exp(sum) - sum - 1) / (usualDrift * Math.max(perYear, 1))
}
