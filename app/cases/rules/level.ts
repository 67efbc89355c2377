import type { Level } from '#db/schema/cases.ts'
import { isEveningPeak } from './busy-hours.ts'

/** Share of lost calls that makes a département-wide failure (DOMAIN §4, N3). */
export const LOST_SHARE_N3 = 0.1
/** Fewer tries than this say nothing of a share: 1 lost of 9 could be chance. [D] */
export const TRIES_FOR_A_SHARE = 10
/** Without a fallback after so many minutes, one level more (DOMAIN §4). */
export const NO_FALLBACK_MIN = 30

export type SymptomFamily = 'routing' | 'media' | 'data' | 'site' | 'load' | 'special' | 'none'

/** From N3 on a loss is an authority's business within thirty minutes, and an alarm of the room (DOMAIN §4). */
export const GRAVE: Level = 3

export type LevelFacts = {
  verified: boolean
  numbers: string[]
  vitalNumbers: string[]
  symptom: string
  family: SymptomFamily
  territoryKind: 'country' | 'zone' | 'region' | 'departement'
  timeZone: string
  overseas: boolean
  communes: number
  /** Authority that sees several départements (COGIC, COZ, ARS, ministry…). */
  wideView: boolean
  /** Its words name two départements at least. */
  namesSeveral: boolean
  tests: { passed: number; tried: number }[]
  flowNow: number | null
  flowNormal: number | null
  fallback: string | null
  callingOperator: string | null
  sinceAt: Date | null
  victimsKnown: boolean
  majorEvent: boolean
  announcedWorks: boolean
}

export type LevelReason = { key: string; values?: Record<string, string | number> }
export type LevelVerdict = { level: Level; reasons: LevelReason[] }

/** Calls arrive, comfort is lost (DOMAIN §4, N1); ONE_WAY_AUDIO and NO_AUDIO are not here: such a call helps nobody. */
const COMFORT = new Set(['POOR_AUDIO', 'NO_CLI'])
/** The centre sees these at its own doors: they speak of the number as a whole, not of one caller. */
const SEEN_AT_THE_CENTRE = new Set([
  'INBOUND_DROP',
  'INTERMITTENT',
  'DROP_MIDCALL',
  'DROP_ON_ANSWER',
  'DROP_TIMED',
])

/** The level of a report, with its reasons in words (DOMAIN §4). Lost calls to help are the ruler. */
export function levelOf(facts: LevelFacts, now: Date): LevelVerdict {
  const base = baseLevel(facts)
  if (base.level < 2) return base
  const raises = aggravations(facts, now)
  if (raises.length === 0) return base
  // One level in all. Never to N4 by itself: N4 wakes the crisis ladder, and that is for what is unusual everywhere, an authority or a person.
  const level = (base.level >= 3 ? base.level : base.level + 1) as Level
  return { level, reasons: [...base.reasons, ...raises] }
}

function baseLevel(facts: LevelFacts): LevelVerdict {
  if (facts.announcedWorks) return verdict(1, 'announced_works')
  if (facts.family === 'none') return verdict(1, 'nothing_to_report')
  if (!facts.verified) return verdict(1, 'unverified')
  const vital = facts.numbers.filter((number) => facts.vitalNumbers.includes(number))
  if (vital.length === 0) return verdict(1, 'not_vital')
  if (facts.family === 'load') return verdict(1, 'load')
  if (comfortOnly(facts)) return verdict(1, 'comfort')

  if (facts.family !== 'data' && !allPassed(facts)) {
    // One sentence, however wide the territory a form proposed, wakes nobody unless it names two départements.
    if (facts.wideView && facts.territoryKind === 'country' && facts.namesSeveral)
      return verdict(4, 'national_authority')
    if (facts.territoryKind === 'country' && vital.includes('112') && facts.callingOperator)
      return verdict(4, 'national_112')
    if (facts.territoryKind !== 'departement') return verdict(3, 'several_departements')
    if (facts.fallback === 'failing') return verdict(3, 'fallback_failing')
    const services = distinctServices(vital)
    if (services >= 2 && facts.communes === 0) return verdict(3, 'two_numbers', { count: services })
    const lost = lostShare(facts)
    if (lost !== null && lost >= LOST_SHARE_N3)
      return verdict(3, 'share_lost', { percent: Math.round(lost * 100) })
  }
  if (facts.family === 'data') return verdict(2, 'data_departement')
  return verdict(2, 'vital_number', { numbers: vital.join(', ') })
}

function aggravations(facts: LevelFacts, now: Date): LevelReason[] {
  const found: LevelReason[] = []
  const sinceMin = facts.sinceAt ? (now.getTime() - facts.sinceAt.getTime()) / 60_000 : 0
  if (facts.fallback === 'none' && sinceMin > NO_FALLBACK_MIN)
    found.push(reason('no_fallback', { minutes: NO_FALLBACK_MIN }))
  if (facts.fallback === 'failing') found.push(reason('fallback_saturated'))
  if (facts.victimsKnown) found.push(reason('victims'))
  if (facts.majorEvent) found.push(reason('major_event'))
  // What follows weighs a loss; when every test passes, none is seen.
  if (allPassed(facts)) return found
  if (facts.overseas && facts.family !== 'data') found.push(reason('overseas'))
  if (isEveningPeak(now, facts.timeZone) && isShown(facts)) found.push(reason('evening_peak'))
  return found
}

/**
 * In the evening a share lost costs more calls than at any other hour, of the numbers that peak then (SAMU, about 19:00). It is raised
 * where a figure shows the loss, tests that failed or a flow that fell: the hour alone raised every fault of every evening.
 */
const PEAKING = ['15', '112']
function isShown(facts: LevelFacts): boolean {
  if (facts.family === 'data' || !facts.numbers.some((number) => PEAKING.includes(number))) return false
  const fell = facts.flowNow !== null && facts.flowNormal !== null && facts.flowNow < facts.flowNormal
  return fell || facts.tests.some((test) => test.passed < test.tried)
}

/** Identity or poor sound: comfort; location lost in some communes only: comfort; in a whole département: N2. */
function comfortOnly(facts: LevelFacts): boolean {
  if (facts.symptom === 'POOR_AUDIO') return true
  return (COMFORT.has(facts.symptom) || facts.family === 'data') && facts.communes > 0
}

function allPassed(facts: LevelFacts): boolean {
  return facts.tests.length > 0 && facts.tests.every((test) => test.tried > 0 && test.passed === test.tried)
}

/** 18 and 112 mostly ring in the same room (DOMAIN §2): one service. */
function distinctServices(vital: string[]): number {
  return new Set(vital.map((number) => (number === '112' ? '18' : number))).size
}

/** Share of calls lost in the département: by the flow at the centre, or by enough tries when the centre sees the number as a whole. */
function lostShare(facts: LevelFacts): number | null {
  if (facts.communes > 0) return null
  if (facts.flowNow !== null && facts.flowNormal !== null && facts.flowNormal >= TRIES_FOR_A_SHARE) {
    return Math.max(0, (facts.flowNormal - facts.flowNow) / facts.flowNormal)
  }
  if (!SEEN_AT_THE_CENTRE.has(facts.symptom)) return null
  const tried = facts.tests.reduce((sum, test) => sum + test.tried, 0)
  if (tried < TRIES_FOR_A_SHARE) return null
  // subtracted before divided: 1 - 90/100 is a hair under a tenth
  return (tried - facts.tests.reduce((sum, test) => sum + test.passed, 0)) / tried
}

function verdict(level: Level, key: string, values?: Record<string, string | number>): LevelVerdict {
  return { level, reasons: [reason(key, values)] }
}

function reason(key: string, values?: Record<string, string | number>): LevelReason {
  return values ? { key: `cases.level_reason.${key}`, values } : { key: `cases.level_reason.${key}` }
}
