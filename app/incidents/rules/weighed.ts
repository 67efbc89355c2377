import { MINUTE } from './facts.ts'
import type { Voice } from './heard.ts'

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A voice of the past, what it weighs and on which day of the span. */
export type Weighed = { voice: Voice; weight: number; day: number }

/** What the past is capped at: a fault that lasts, or one bad day, must not become what is usual. */
const CAPS = {
  /** One organisation counts again after so long. */
  repeatMs: 12 * HOUR,
  /** A second service of a département within so long is half a voice. */
  sameFaultMs: 2 * HOUR,
  /** One organisation in thirty days. */
  ofOneAMonth: 6,
  /** A day counts for at most so many times the median day. */
  dayOverMedian: 3,
} as const

/** Weights of the past as detection would have given them, and no more than the caps allow. */
export function capped(past: readonly Voice[], span: { from: number; to: number }): Weighed[] {
  const lastOf = new Map<string, number>()
  const lastIn = new Map<string, number>()
  const recentOf = new Map<string, number[]>()
  const found: Weighed[] = []
  for (const voice of past) {
    if (voice.at < span.from || voice.at >= span.to) continue
    const before = lastOf.get(voice.organisation)
    lastOf.set(voice.organisation, voice.at)
    if (before !== undefined && voice.at - before < CAPS.repeatMs) continue
    const recent = (recentOf.get(voice.organisation) ?? []).filter((at) => voice.at - at < 30 * DAY)
    recentOf.set(voice.organisation, recent.length < CAPS.ofOneAMonth ? [...recent, voice.at] : recent)
    if (recent.length >= CAPS.ofOneAMonth) continue
    const here = lastIn.get(voice.place.code)
    lastIn.set(voice.place.code, voice.at)
    const second = here !== undefined && voice.at - here < CAPS.sameFaultMs
    const weight = voice.strength * (second ? 0.5 : 1)
    found.push({ voice, weight, day: Math.floor((voice.at - span.from) / DAY) })
  }
  return dayCapped(found, Math.floor((span.to - span.from) / DAY) + 1)
}

function dayCapped(found: Weighed[], days: number): Weighed[] {
  const sums = Array.from({ length: days }, () => 0)
  for (const one of found) sums[one.day] = (sums[one.day] ?? 0) + one.weight
  const most = Math.max(6, CAPS.dayOverMedian * (sorted(sums)[Math.floor(days / 2)] ?? 0))
  return found.map((one) => {
    const sum = sums[one.day] ?? 0
    return sum <= most ? one : { ...one, weight: (one.weight * most) / sum }
  })
}

function sorted(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b)
}
