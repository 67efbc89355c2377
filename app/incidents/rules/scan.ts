import type { Baseline } from './baseline.ts'
import { MINUTE } from './facts.ts'
import { lnTail } from './gamma.ts'
import type { Voice } from './heard.ts'
import type { ScanKind } from './rarity.ts'
import { COUNTRY_SCOPE, type Scope } from './scopes.ts'
import { type Usual, usualAt } from './usual.ts'

/** Windows that end with the report, in minutes; below a quarter of an hour two more, for what falls everywhere at once. */
export const WINDOWS_MIN = [4, 8, 15, 30, 60, 120, 240, 480, 720]
const LONGEST_MS = Math.max(...WINDOWS_MIN) * MINUTE
/** Of one territory overseas every service counts whole, and in half a day it tells several faults that have nothing in common. */
const OVERSEAS_LONGEST_MIN = 240
/** How far back a slow onset is followed. */
export const MEMORY_MS = 24 * 60 * MINUTE
/** The slow sum asks whether the desk hears twice what is usual. */
const SLOW_RATIO = 2
const SLOW_FROM_MS = 120 * MINUTE
/** Where a cause outside the network is named, a voice says little of the network. */
const OUTSIDE_SHARE = 0.1

/** The rarest window of one kind that ends at an instant. */
export type Finding = {
  kind: ScanKind
  scope: Scope
  /** Minus log10 of the yearly rate by chance alone. */
  score: number
  start: number
  at: number
  windowMin: number
  /** Weight of distinct départements heard, and what is usual. */
  weight: number
  expected: number
  places: number
  /** What the score was reckoned with. */
  dispersion: number
  ratePerYear: number
}

/** The score of a window, had so much weight been heard in it. */
export function scoreOf(
  finding: Pick<Finding, 'expected' | 'dispersion' | 'ratePerYear'>,
  weight: number,
): number {
  const { expected, dispersion, ratePerYear } = finding
  return -(lnTail((weight - 1) / dispersion, expected / dispersion) / Math.LN10) - Math.log10(ratePerYear)
}

/** The voices of the last day, by scope. Mutable, since five hundred reports in ten minutes must cost little each. */
export class Listening {
  readonly #scopes = new Map<string, Voice[]>()

  add(voice: Voice): void {
    for (const { key } of voice.scopes) {
      const list = this.#scopes.get(key)
      if (list) list.push(voice)
      else this.#scopes.set(key, [voice])
    }
  }

  /** Voices of a scope since an instant, oldest first; those before the last day are forgotten. */
  since(key: string, from: number, now: number): Voice[] {
    const list = this.#scopes.get(key)
    if (!list) return []
    let old = 0
    while (old < list.length && (list[old]?.at ?? 0) < now - 2 * MEMORY_MS) old += 1
    if (old > 64) list.splice(0, old)
    let first = list.length
    while (first > 0 && (list[first - 1]?.at ?? 0) >= from) first -= 1
    return list.slice(first)
  }
}

/**
 * What of all that is known at `at` is rarest, kind by kind, in the scopes of the voices just heard. `counts` leaves out what an
 * earlier episode explains.
 */
export function scan(
  listening: Listening,
  baseline: Baseline,
  at: number,
  news: readonly Voice[],
  counts: (voice: Voice) => boolean = () => true,
): Finding[] {
  const usual = usualAt(baseline, at)
  const scopes = new Map(news.flatMap((voice) => voice.scopes).map((scope) => [scope.key, scope]))
  const best = new Map<ScanKind, Finding>()
  const keep = (finding: Finding | null) => {
    if (finding && finding.score > (best.get(finding.kind)?.score ?? Number.NEGATIVE_INFINITY))
      best.set(finding.kind, finding)
  }
  for (const scope of scopes.values()) {
    const longest = scope.kind === 'country' ? MEMORY_MS : LONGEST_MS
    const voices = listening
      .since(scope.key, at - longest, at)
      .filter(counts)
      .reverse()
    if (voices.length < 2) continue
    for (const finding of stretches(scope, voices, usual, at)) keep(finding)
    if (scope.key === COUNTRY_SCOPE.key) keep(slow(voices, usual, at))
  }
  return [...best.values()]
}

/** What each window of one scope says, the shortest first. `voices`: the newest first. */
export function* stretches(
  scope: Scope,
  voices: readonly Voice[],
  usual: Usual,
  at: number,
): Generator<Finding> {
  const ratePerYear = usual.ratePerYear(scope)
  const dispersion = usual.dispersion(scope)
  const tally = new Tally(scope)
  let next = 0
  for (const windowMin of WINDOWS_MIN) {
    if (scope.kind === 'overseas' && windowMin > OVERSEAS_LONGEST_MIN) return
    const start = at - windowMin * MINUTE
    const before = next
    while (next < voices.length && (voices[next]?.at ?? 0) >= start) {
      tally.add(voices[next] as Voice)
      next += 1
    }
    if (next === before || !tally.several) continue
    const expected = usual.weight(scope, start)
    // No more than usual: nothing to say of it.
    if (tally.weight - 1 <= expected) continue
    const score = scoreOf({ expected, dispersion, ratePerYear }, tally.weight)
    const first = voices[next - 1]?.at ?? start
    yield {
      ...{ kind: scope.kind, scope, score, start: first, at, windowMin },
      ...{ weight: tally.weight, expected, places: tally.places, dispersion, ratePerYear },
    }
  }
}

/** A sum of what is over the usual (CUSUM), over every beginning of the last day: sees what no window is sudden enough for. */
function slow(voices: readonly Voice[], usual: Usual, at: number): Finding | null {
  const tally = new Tally(COUNTRY_SCOPE)
  const dispersion = usual.dispersion(COUNTRY_SCOPE)
  let best: Finding | null = null
  for (const voice of voices) {
    tally.add(voice)
    if (at - voice.at < SLOW_FROM_MS) continue
    const expected = usual.weight(COUNTRY_SCOPE, voice.at)
    const sum = (tally.weight * Math.log(SLOW_RATIO) - (SLOW_RATIO - 1) * expected) / dispersion
    const score = sum / Math.LN10 - Math.log10(usual.ratePerYear(COUNTRY_SCOPE))
    if (best && score <= best.score) continue
    best = {
      ...{ kind: 'slow', scope: COUNTRY_SCOPE, score, start: voice.at, at },
      windowMin: Math.ceil((at - voice.at) / MINUTE),
      ...{ weight: tally.weight, expected, places: tally.places, dispersion },
      ratePerYear: usual.ratePerYear(COUNTRY_SCOPE),
    }
  }
  return best
}

type Here = {
  own: [string, number][]
  told: number
  signs: Set<string>
  weight: number
}

/**
 * Weight of distinct départements: the first service 1, the second half, each further one half of the last. Who only relays
 * counts half, and nothing beside one who saw. Overseas, where one network serves a whole territory, each service that tells it
 * in its own way counts whole: there are no other départements to wait for.
 */
export class Tally {
  readonly #places = new Map<string, Here>()
  readonly #alone: boolean
  readonly #whole: boolean
  readonly #outside: boolean
  #services = 0
  weight = 0

  constructor(scope: Scope) {
    this.#alone = scope.kind === 'overseas'
    this.#whole = this.#alone || scope.kind === 'basin'
    this.#outside = scope.kind === 'outside'
  }

  get places(): number {
    return this.#places.size
  }

  /** More than one fault told twice: two places, or two services where there is only one place. */
  get several(): boolean {
    return this.#alone ? this.#services >= 1.5 : this.#places.size > 1
  }

  add(voice: Voice): void {
    const key = voice.place.code
    const here = this.#places.get(key) ?? {
      own: [],
      told: 0,
      signs: new Set(),
      weight: 0,
    }
    this.#places.set(key, here)
    const strength = voice.strength * (voice.outside && !this.#outside ? OUTSIDE_SHARE : 1)
    if (voice.secondHand) here.told = Math.max(here.told, strength)
    else {
      const same = here.own.find(([organisation]) => organisation === voice.organisation)
      this.#services += Math.max(0, strength - (same?.[1] ?? 0))
      if (same) same[1] = Math.max(same[1], strength)
      else here.own.push([voice.organisation, strength])
      if (voice.sign) here.signs.add(voice.sign)
    }
    const before = here.weight
    here.weight = Math.max(here.told, this.#whole ? wholeOf(here) : chained(here.own))
    this.weight += here.weight - before
  }
}

/** A service that repeats another's words: two rooms of one platform tell one fault alike; a third and a fourth seldom do. */
const ALIKE = { second: 0.5, further: 0.75 }

/** Services that tell it each in its own way count whole, those that say the same for less. */
function wholeOf({ own, signs }: Here): number {
  const sum = own.reduce((total, [, strength]) => total + strength, 0)
  if (sum < 1) return sum
  const alike = Math.max(0, sum - Math.max(1, signs.size))
  return sum - alike + ALIKE.second * Math.min(1, alike) + ALIKE.further * Math.max(0, alike - 1)
}

/** 1, then half, then a quarter: strongest first. */
function chained(own: readonly (readonly [string, number])[]): number {
  const strengths = own.map(([, strength]) => strength).sort((a, b) => b - a)
  return strengths.slice(0, 3).reduce((sum, strength, rank) => sum + strength / 2 ** rank, 0)
}
