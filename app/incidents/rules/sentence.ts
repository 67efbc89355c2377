import { territoryName } from '#db/reference/territories.ts'
import { MINUTE, spokenNumbers } from './facts.ts'
import type { Voice } from './heard.ts'
import type { Learnt } from './learning.ts'
import { yearsOf } from './rarity.ts'
import { scoreOf } from './scan.ts'
import type { Episode, WatchLimits } from './watch.ts'

export type Sentence = { key: string; values: Record<string, string | number> }

/** Beyond so many more départements the question is another one. */
const FAR = 6

/**
 * What a director reads: the numbers, how many départements in how long, what is usual at this hour, how rare it is, and what
 * would change the verdict. Said anew whenever the facts grow.
 */
export function sentenceOf(
  episode: Episode,
  voices: readonly Voice[],
  learnt: Learnt,
  limits: WatchLimits,
): Sentence {
  const wave = waveOf(episode, voices)
  const instants = wave.map((voice) => voice.at)
  const numbers = spokenNumbers(wave.flatMap((voice) => voice.numbers)).join(', ')
  const organisations = new Set(wave.map((voice) => voice.organisation)).size
  const territories = new Set(wave.map((voice) => voice.place.code)).size
  const sure = episode.sureAt !== null
  if (episode.rule !== 'unusual' || !episode.finding)
    return {
      key: `triggers.proposal.${episode.rule}`,
      values: { numbers, organisations, territories, sure: sure ? 'yes' : 'far', more: 0 },
    }
  const { finding } = episode
  const more = sure ? 0 : moreForSure(episode, learnt, limits)
  return {
    key: 'triggers.proposal.unusual',
    values: {
      ...{ numbers: numbers || 'none', organisations, territories },
      minutes: Math.round((Math.max(...instants) - Math.min(...instants)) / MINUTE),
      ...{
        kind: finding.kind,
        scope: territoryName(finding.scope.name),
        known: learnt.baseline.days < 1 ? 'no' : 'yes',
      },
      usual: finding.expected < 0.05 ? 'little' : Math.round(finding.expected * 10) / 10,
      ...onceIn(episode.years),
      ...{ sure: sure ? 'yes' : more > FAR ? 'far' : 'near', more },
    },
  }
}

/** What its clock counts, as soon as that speaks of more than one fault; until then, all that made it unusual. */
function waveOf(episode: Episode, voices: readonly Voice[]): readonly Voice[] {
  const since = voices.filter((voice) => voice.at >= episode.start)
  return new Set(since.map((voice) => voice.organisation)).size > 1 ? since : voices
}

/** How many more départements in the same window would let silence activate. */
function moreForSure(episode: Episode, learnt: Learnt, limits: WatchLimits): number {
  const { finding } = episode
  if (!finding || finding.kind === 'slow') return FAR + 1
  for (let more = 1; more <= FAR; more += 1) {
    const score = scoreOf(finding, finding.weight + more)
    if (yearsOf(learnt.tails, finding.kind, score) >= limits.activateYears) return more
  }
  return FAR + 1
}

/** "Once in two years", in the unit that a person counts in. */
export function onceIn(years: number): {
  every: number
  unit: 'day' | 'week' | 'month' | 'year' | 'century'
} {
  const days = years * 365
  if (years >= 100) return { every: 1, unit: 'century' }
  if (days < 14) return { every: Math.max(1, Math.round(days)), unit: 'day' }
  if (days < 75) return { every: Math.round(days / 7), unit: 'week' }
  if (days < 700) return { every: Math.round(days / 30.4), unit: 'month' }
  return { every: Math.round(years), unit: 'year' }
}
