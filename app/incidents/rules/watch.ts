import type { Baseline } from './baseline.ts'
import { type Burst, burstOf } from './burst.ts'
import { MINUTE } from './facts.ts'
import { lnTail } from './gamma.ts'
import type { HardFact, Voice } from './heard.ts'
import { instants } from './learning.ts'
import type { Watched } from './outgrown.ts'
import { type Tails, yearsOf } from './rarity.ts'
import { type Finding, Listening, scan, Tally } from './scan.ts'
import { COUNTRY_SCOPE, type Scope } from './scopes.ts'
import { usualAt } from './usual.ts'

/** Why an episode was proposed: a coincidence too rare, a fact that needs none, or test calls that fail together. */
export type EpisodeRule = 'unusual' | HardFact | 'probes'

/**
 * Something that is going on: it has a place, a first report, and an end. While it is hot what follows joins it; once it has
 * cooled, a second one beside it is seen.
 */
export type Episode = {
  key: string
  rule: EpisodeRule
  /** The scope in which it is rarest, and every one it was found in: what comes in any of them may join. */
  scope: Scope
  reach: string[]
  /** When its clock began: the first report of the wave itself. */
  start: number
  firedAt: number
  /** When silence first may activate; null: only a person. */
  sureAt: number | null
  /** Last report that came while the desk heard more than usual. */
  heatAt: number
  /** Asked again after it had cooled. */
  askedAgainAt: number | null
  places: string[]
  voices: number[]
  /** Once in so many years, at its rarest, and the facts of that instant. */
  years: number
  finding: Finding | null
  /** How wide it was when a person took an outside cause to explain it. */
  watched?: Watched
  /** Restored, or lapsed: the machine adds nothing to it. */
  endedAt: number | null
}

export type WatchLimits = {
  /** Proposes to a person what happens once in so many years; silence activates at the second. */
  proposeYears: number
  activateYears: number
}

/** Still hot so long after the last report of an excess. */
const HOT_MS = 120 * MINUTE
/** Twelve hours of quiet end an episode; after six a new excess asks for itself. */
export const QUIET_MS = 12 * 60 * MINUTE
const LULL_MS = 6 * 60 * MINUTE
/** Who names one network that calls everyone else speaks hours apart: it is one matter for half a day. */
const hotFor = (episode: Episode) => (episode.scope.kind === 'network' ? QUIET_MS : HOT_MS)
/** The last hour, against what is usual: one in ten is still an excess for what follows a proven one. */
const EXCESS_MS = 60 * MINUTE
const EXCESS_CHANCE = 0.1

/** Storms come in series: where an outside cause is named, silence activates only for what is ten times rarer. */
const OUTSIDE_FACTOR = 10

export type Heard = {
  /** Episodes that began, were asked again, or became sure with these voices. */
  founded: Episode[]
  again: Episode[]
  sure: Episode[]
  /** Episodes that a finding of this instant speaks of. */
  held: Episode[]
  /** The rarest of everything found, whether it was enough or not. */
  rarest: { finding: Finding; years: number } | null
  findings: Finding[]
}

/**
 * A desk without a past does not know what is usual, and asks sooner: what happens once in a fortnight, for its first two
 * weeks, which costs it one question. Silence activates no sooner for that: what is not known wakes nobody by itself.
 */
const NEW_DESK = { asks: 0.27, days: 14 }

function proposeYearsOf(limits: WatchLimits, baseline: Baseline): number {
  const known = Math.min(1, baseline.days / NEW_DESK.days)
  return limits.proposeYears * (NEW_DESK.asks + (1 - NEW_DESK.asks) * known)
}

type Found = Burst & { rule: EpisodeRule; at: number; years: number; finding: Finding | null }

/** Hears reports one instant at a time; what it says depends on them, the baseline and nothing else. */
export class Watch {
  readonly #listening = new Listening()
  readonly #known = new Map<number, Voice>()
  readonly #memberOf = new Map<number, Episode>()
  readonly episodes: Episode[]

  constructor(episodes: readonly Episode[] = []) {
    this.episodes = episodes.map((one) => ({ ...one, places: [...one.places], voices: [...one.voices] }))
    for (const one of this.episodes) for (const id of one.voices) this.#memberOf.set(id, one)
  }

  /** Voices that were judged before, by their hours: remembered in the order they were heard in, not judged again. */
  recall(voices: readonly Voice[]): void {
    for (const [, news] of instants(voices)) this.#remember(inOneOrder(news))
  }

  /** Sums of the same weights in another order differ in their last digit, and of two that are as rare another is the rarest. */
  #remember(ordered: readonly Voice[]): void {
    for (const voice of ordered) {
      this.#known.set(voice.id, voice)
      this.#listening.add(voice)
    }
  }

  /** What the voices of one instant change. */
  hear(at: number, news: readonly Voice[], baseline: Baseline, tails: Tails, limits: WatchLimits): Heard {
    const ordered = inOneOrder(news)
    this.#remember(ordered)
    for (const voice of ordered) this.#join(voice, baseline)
    const findings = scan(this.#listening, baseline, at, ordered, (voice) => !this.#explained(voice, at))
    const rated = findings
      .map((finding) => ({ finding, years: yearsOf(tails, finding.kind, finding.score) }))
      .sort((a, b) => b.years - a.years || (a.finding.scope.key < b.finding.scope.key ? -1 : 1))
    const rarest = rated[0] ?? null
    const said: Heard = { founded: [], again: [], sure: [], held: [], rarest, findings }
    const fact = ordered.find((voice) => voice.fact !== null)
    if (fact?.fact) {
      const voices = this.#behind(fact)
      const start = Math.min(...voices.map((voice) => voice.at))
      const years = limits.activateYears
      this.#settle(said, { rule: fact.fact, at, voices, start, years, finding: null }, limits)
    }
    const enough = proposeYearsOf(limits, baseline)
    if (rarest && rarest.years >= enough) {
      const { finding, years } = rarest
      const burst = burstOf(finding, this.#voicesOf(finding, at), { baseline, tails }, enough)
      this.#settle(said, { rule: 'unusual', at, ...burst, years, finding }, limits)
    }
    return said
  }

  /** Those of an episode, in the order they were heard. */
  voicesIn(episode: Episode): Voice[] {
    return episode.voices.flatMap((id) => this.#known.get(id) ?? []).sort((a, b) => a.at - b.at)
  }

  #settle(said: Heard, found: Found, limits: WatchLimits): void {
    const { rule, at, voices, years, finding } = found
    const home = this.#homeOf(voices, at)
    const episode = home ?? this.#found(found)
    if (!home) said.founded.push(episode)
    else if (at - home.heatAt > hotFor(home)) {
      home.askedAgainAt = at
      said.again.push(home)
    }
    said.held.push(episode)
    for (const voice of voices) this.#add(episode, voice)
    // Heard late, a report of before it was proposed brings its clock forward; a later, wider look at the day does not.
    if (at <= episode.firedAt) episode.start = Math.min(episode.start, found.start)
    episode.heatAt = at
    if (years > episode.years || episode.finding === null) {
      episode.years = Math.max(years, episode.years)
      episode.finding = finding ?? episode.finding
      if (finding) episode.scope = finding.scope
    }
    if (finding && !episode.reach.includes(finding.scope.key)) episode.reach.push(finding.scope.key)
    const enough = limits.activateYears * (finding?.kind === 'outside' ? OUTSIDE_FACTOR : 1)
    if (episode.sureAt === null && (years >= enough || rule !== 'unusual')) {
      episode.sureAt = at
      said.sure.push(episode)
    }
  }

  #found(found: Found): Episode {
    const scope = found.finding?.scope ?? found.voices[0]?.scopes[0]
    const episode: Episode = {
      key: `${found.rule}:${scope?.key.replace(':', ' ')}:${found.at}`,
      ...{ rule: found.rule, scope: scope as Scope, start: found.start },
      ...{ firedAt: found.at, heatAt: found.at },
      reach: scope ? [scope.key] : [],
      ...{ sureAt: null, askedAgainAt: null, endedAt: null, places: [], voices: [], years: found.years },
      finding: found.finding,
    }
    this.episodes.push(episode)
    return episode
  }

  /** The open episode that most of these voices belong to, or speak of the places of. */
  #homeOf(voices: readonly Voice[], at: number): Episode | null {
    const half = voices.length / 2
    const open = this.episodes.filter(
      (one) => one.endedAt === null && at - one.heatAt <= Math.max(LULL_MS, hotFor(one)),
    )
    const holds = (one: Episode) =>
      voices.filter((voice) => this.#memberOf.get(voice.id) === one || one.places.includes(voice.place.code))
        .length
    const best = open.map((one) => ({ one, held: holds(one) })).sort((a, b) => b.held - a.held)[0]
    return best && best.held > 0 && best.held >= half ? best.one : null
  }

  /** A report joins what is going on: in its own places, or anywhere in its scope while the excess lasts. */
  #join(voice: Voice, baseline: Baseline): void {
    for (const one of this.episodes) {
      if (one.endedAt !== null || voice.at - one.heatAt > QUIET_MS) continue
      const hot = voice.at - one.heatAt <= HOT_MS
      const shared = hot ? voice.scopes.filter(({ key }) => one.reach.includes(key)) : []
      const excess = shared.some((scope) => this.#excess(scope, voice, baseline))
      const here = one.places.includes(voice.place.code) && (hot || this.#sharesWith(one, voice))
      if (!excess && !here) continue
      if (excess) one.heatAt = Math.max(one.heatAt, voice.at)
      this.#add(one, voice)
      return
    }
  }

  #excess(scope: Scope, voice: Voice, baseline: Baseline): boolean {
    const tally = new Tally(scope)
    for (const one of this.#listening.since(scope.key, voice.at - EXCESS_MS, voice.at)) tally.add(one)
    const usual = usualAt(baseline, voice.at)
    const expected = usual.weight(scope, voice.at - EXCESS_MS)
    return tally.several && lnTail(tally.weight, expected) <= Math.log(EXCESS_CHANCE)
  }

  /** News of the same centre, or of the same number in the same place. */
  #sharesWith(episode: Episode, voice: Voice): boolean {
    return this.voicesIn(episode).some(
      (other) =>
        other.place.code === voice.place.code &&
        (other.organisation === voice.organisation ||
          other.numbers.some((number) => voice.numbers.includes(number))),
    )
  }

  #add(episode: Episode, voice: Voice): void {
    const home = this.#memberOf.get(voice.id)
    if (home === episode || (home && !saidAfter(home, voice))) return
    // News of an old case is the new wave's when the wave is told: it had only been put where its place was known.
    if (home) home.voices = home.voices.filter((id) => id !== voice.id)
    this.#memberOf.set(voice.id, episode)
    episode.voices.push(voice.id)
    if (!episode.places.includes(voice.place.code)) episode.places.push(voice.place.code)
  }

  /** Said while an episode was hot that has cooled since, or that is over: not to be counted twice. */
  #explained(voice: Voice, at: number): boolean {
    const home = this.#memberOf.get(voice.id)
    if (!home || saidAfter(home, voice)) return false
    return home.endedAt !== null || at - home.heatAt > hotFor(home)
  }

  /** Those that an authority's sentence speaks of: in its territory, of its numbers, in the last two hours. Its clock is theirs. */
  #behind(fact: Voice): Voice[] {
    const { place } = fact
    const inside = (voice: Voice) =>
      place.kind === 'country' || [voice.place.code, ...voice.place.parents].includes(place.code)
    const shares = (voice: Voice) =>
      fact.numbers.length === 0 || voice.numbers.some((number) => fact.numbers.includes(number))
    return this.#listening
      .since(COUNTRY_SCOPE.key, fact.at - HOT_MS, fact.at)
      .filter(
        (voice) => voice === fact || (inside(voice) && shares(voice) && !this.#explained(voice, fact.at)),
      )
  }

  #voicesOf(finding: Finding, at: number): Voice[] {
    return this.#listening
      .since(finding.scope.key, finding.start, at)
      .filter((voice) => !this.#explained(voice, at))
  }
}

/** After the last excess of its episode: put there for its place alone. */
function saidAfter(home: Episode, voice: Voice): boolean {
  return voice.at > home.heatAt
}

/** Reports of one instant in an order taken from what they say, never from who was typed first. */
function inOneOrder(news: readonly Voice[]): Voice[] {
  const key = (voice: Voice) =>
    [
      voice.place.code,
      voice.organisation,
      voice.strength,
      voice.secondHand,
      voice.outside,
      voice.numbers,
      voice.operators,
      voice.passes,
      voice.sign,
      voice.access,
      voice.tested,
    ].join('|')
  return news.length < 2
    ? [...news]
    : [...news].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}
