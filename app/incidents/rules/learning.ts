import { type Baseline, learn, priorBaseline } from './baseline.ts'
import type { Voice } from './heard.ts'
import { FIRST_TAILS, keepPeak, type Peak, type ScanKind, type Tails, tailsOf } from './rarity.ts'
import { type Finding, Listening, scan } from './scan.ts'

/** What a desk knows of its own ordinary days. */
export type Learnt = { baseline: Baseline; tails: Tails }

const DAY = 24 * 3_600_000
/** A year is what is usual; what is older spoke of another network. */
export const PAST_MS = 365 * DAY

export function nothingLearnt(priorPerDay: number): Learnt {
  return { baseline: priorBaseline(priorPerDay), tails: FIRST_TAILS }
}

/**
 * Learns from a past and goes on learning. The voices of what was a crisis are given to `forget`: they are not usual, and
 * neither is how rare they were.
 */
export class Learner {
  #past: Voice[] = []
  #peaks: Peak[] = []
  readonly #newest = new Map<ScanKind, Peak>()
  readonly #prior: number
  #from: number | null = null
  learnt: Learnt

  constructor(priorPerDay: number) {
    this.#prior = priorPerDay
    this.learnt = nothingLearnt(priorPerDay)
  }

  /** A whole past at once, each instant judged as it would have been. */
  read(past: readonly Voice[], span: { from: number; to: number }): void {
    for (const _ of this.readInSteps(past, span));
  }

  /** The same, with a rest after every few hundred instants: who calls may do something else in between. */
  *readInSteps(past: readonly Voice[], span: { from: number; to: number }): Generator<void> {
    this.#past = [...past]
    this.#from = span.from
    const baseline = learn(past, span, this.#prior)
    const listening = new Listening()
    let judged = 0
    for (const [at, news] of instants(past)) {
      for (const voice of news) listening.add(voice)
      this.note(scan(listening, baseline, at, news))
      judged += 1
      if (judged % 300 === 0) yield
    }
    this.learnt = { baseline, tails: tailsOf(this.#peaks, span.to - span.from) }
  }

  hear(voices: readonly Voice[]): void {
    this.#from ??= voices[0]?.at ?? null
    this.#past.push(...voices)
  }

  note(findings: readonly Finding[]): void {
    for (const { kind, at, score } of findings) keepPeak(this.#peaks, this.#newest, { kind, at, score })
  }

  /** Reads again what was heard until now: the last year of it. */
  learn(now: number): void {
    if (this.#from === null) return
    const from = Math.max(this.#from, now - PAST_MS)
    this.#past = this.#past.filter((voice) => voice.at >= from)
    this.#peaks = this.#peaks.filter((peak) => peak.at >= from)
    this.learnt = {
      baseline: learn(this.#past, { from, to: now }, this.#prior),
      tails: tailsOf(this.#peaks, now - from),
    }
  }
}

/** Voices of the same instant together: the order in which they were typed decides nothing. */
export function* instants(voices: readonly Voice[]): Generator<[at: number, news: Voice[]]> {
  for (let first = 0; first < voices.length; ) {
    const at = voices[first]?.at as number
    let end = first
    while (end < voices.length && voices[end]?.at === at) end += 1
    yield [at, voices.slice(first, end)]
    first = end
  }
}
