import type { Baseline } from './baseline.ts'
import { MINUTE } from './facts.ts'
import type { Voice } from './heard.ts'
import { type Tails, yearsOf } from './rarity.ts'
import { type Finding, stretches } from './scan.ts'
import { usualAt } from './usual.ts'

/** A wave that is told over longer has no first report that a clock of half an hour could start with. */
const LONGEST_MS = 120 * MINUTE
/** What came so soon before, and sooner than this desk usually hears one, is its first report. */
const LINK = { gapMs: 20 * MINUTE, usual: 0.25 }
/** What came so long before the rest, against how long the rest took, is none of it. */
const EARLIER = { gapMs: 20 * MINUTE, ofRest: 3 }

/** What a wave is made of, and when its clock starts. */
export type Burst = { voices: Voice[]; start: number }

/**
 * The wave within what was found. Its clock starts with the shortest stretch that is rare enough by itself, and not with an old
 * report that the widest look at the day counts in. Where only hours together are rare, nobody could have known earlier: it
 * starts with the last reports that follow each other closely. `voices`: of the finding's scope and window, oldest first.
 */
export function burstOf(
  finding: Finding,
  voices: readonly Voice[],
  known: { baseline: Baseline; tails: Tails },
  enoughYears: number,
): Burst {
  const { scope, at } = finding
  const usual = usualAt(known.baseline, at)
  const rare = [...stretches(scope, voices.toReversed(), usual, at)].find(
    (one) => yearsOf(known.tails, one.kind, one.score) >= enoughYears,
  )
  const sudden = rare !== undefined && at - rare.start <= LONGEST_MS
  const linked = (before: Voice, next: Voice) =>
    next.at - before.at <= LINK.gapMs &&
    usual.weight(scope, before.at) - usual.weight(scope, next.at) <= LINK.usual
  let first = sudden ? voices.findIndex((voice) => voice.at >= rare.start) : voices.length - 1
  while (first > 0 && linked(voices[first - 1] as Voice, voices[first] as Voice)) first -= 1
  return { voices: sudden ? withoutEarlier(voices, first) : [...voices], start: voices[first]?.at ?? at }
}

/** What precedes the wave belongs to it unless it lies far before. */
function withoutEarlier(voices: readonly Voice[], first: number): Voice[] {
  const end = voices.at(-1)?.at ?? 0
  for (let cut = first; cut > 0; cut -= 1) {
    const [before, next] = [voices[cut - 1] as Voice, voices[cut] as Voice]
    const gap = next.at - before.at
    if (gap > EARLIER.gapMs && gap > EARLIER.ofRest * (end - next.at)) return voices.slice(cut)
  }
  return [...voices]
}
