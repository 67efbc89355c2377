import { clockFrom, silenceActivatesAt } from '#app/crisis/rules/clock.ts'
import { clockValues } from '#app/crisis/rules/thresholds.ts'
import { heard, type Voice } from '#app/incidents/rules/heard.ts'
import { instants, type Learner } from '#app/incidents/rules/learning.ts'
import { type Episode, Watch, type WatchLimits } from '#app/incidents/rules/watch.ts'
import { factOfLine, type Line } from './line.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
export const FRENCH_VITAL = ['15', '17', '18', '112', '114', '196']
/** Learnt again after so many days: soon at first, then every other week. */
const LESSONS = [1, 2, 3, 5, 7, 10, 14]
const LESSON_DAYS = 14
/** Belongs to a failure when so much of what it speaks of does. */
const ITS_OWN = 1 / 3

/** A voice and, for the score alone, the failure it belongs to. */
export type Said = { voice: Voice; truth: string | null }

export function saidOf(lines: readonly Line[]): Said[] {
  return lines.flatMap((line, index) => {
    const voice = heard(factOfLine(line, index + 1), FRENCH_VITAL)
    return voice ? [{ voice, truth: line.truth ?? null }] : []
  })
}

export type Played = {
  /** Instants of proposals and of activations by silence that no failure explains. */
  falseProposals: number[]
  falseActivations: number[]
  /** Of each failure: when it was first proposed and activated. */
  proposed: Map<string, number>
  activated: Map<string, number>
  /** How rare the rarest coincidence was, every time: what other thresholds would have done. */
  readings: { at: number; years: number; truth: string | null }[]
  episodes: Episode[]
}

/** Plays a life with nobody answering, learning as the desk would. The rules read voices; `truth` is read here. */
export function play(said: readonly Said[], learner: Learner, limits: WatchLimits, learns = true): Played {
  const watch = new Watch()
  const truthOf = new Map(said.map((one) => [one.voice.id, one.truth]))
  const voices = said.map((one) => one.voice)
  const begins = voices[0]?.at ?? 0
  let lesson = 0
  const played: Played = {
    ...{ falseProposals: [], falseActivations: [], proposed: new Map(), activated: new Map() },
    ...{ readings: [], episodes: watch.episodes },
  }
  for (const [at, news] of instants(voices)) {
    if (learns && at >= begins + dayOf(lesson) * DAY) {
      while (at >= begins + dayOf(lesson) * DAY) lesson += 1
      learner.learn(at)
    }
    const { baseline, tails } = learner.learnt
    const heardNow = watch.hear(at, news, baseline, tails, limits)
    learner.hear(news)
    // What would happen once in a lifetime of a desk is no ordinary day.
    if ((heardNow.rarest?.years ?? 0) < 10 * limits.activateYears) learner.note(heardNow.findings)
    const truths = (episode: Episode) => truthsOf(episode, truthOf)
    for (const episode of [...heardNow.founded, ...heardNow.again])
      if (truths(episode).length === 0) played.falseProposals.push(at)
    for (const episode of heardNow.held)
      for (const name of truths(episode)) if (!played.proposed.has(name)) played.proposed.set(name, at)
    for (const episode of heardNow.sure) {
      const active = activeAt(episode)
      const names = truths(episode)
      if (names.length === 0) played.falseActivations.push(active)
      for (const name of names) if (!played.activated.has(name)) played.activated.set(name, active)
    }
    if (heardNow.rarest) {
      const truth = news.map((voice) => truthOf.get(voice.id) ?? null).find((name) => name !== null) ?? null
      played.readings.push({ at, years: heardNow.rarest.years, truth })
    }
  }
  return played
}

/** When silence activates an episode that is sure: by its own clock, and not before one step of the ladder has rung. */
export function activeAt({ start, firedAt, sureAt }: Pick<Episode, 'start' | 'firedAt' | 'sureAt'>): number {
  return silenceActivatesAt(clockFrom(start), firedAt, clockValues(), sureAt ?? Number.POSITIVE_INFINITY)
}

function dayOf(lesson: number): number {
  return LESSONS[lesson] ?? LESSON_DAYS * (lesson - LESSONS.length + 2)
}

function truthsOf(episode: Episode, truthOf: ReadonlyMap<number, string | null>): string[] {
  const counts = new Map<string, number>()
  for (const id of episode.voices) {
    const name = truthOf.get(id)
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count >= 3 || count >= ITS_OWN * episode.voices.length)
    .map(([name]) => name)
}
