import { z } from 'zod'

/** The one form of a record. Another version of it is another name: what reads this one refuses what it does not know. */
export const FORMAT = 'permanence-loss/1'

export const ROLES = ['network', 'calling', 'call_handling', 'transport', 'service', 'unknown'] as const
export const EXTENTS = ['site', 'local', 'several', 'national', 'unknown'] as const
export const NETWORKS = ['fixed', 'voip', 'mobile', 'volte', 'trunk', 'satellite'] as const
export const PRECISIONS = ['minute', 'hour', 'day', 'month', 'year', 'relative', 'unknown'] as const
export const DETECTORS = [
  'centre',
  'police',
  'authority',
  'customers',
  'operator_staff',
  'monitoring',
  'person',
  'unknown',
] as const
export const WORKS = ['planned', 'none', 'unknown'] as const
/** DOMAIN §3, causes at closing, with the one that losses abroad add: the platform that answers for the country. */
export const FAMILIES = [
  'operator_core',
  'interconnection',
  'routing_table',
  'access',
  'customer_site',
  'calling_operator',
  'call_handling_platform',
  'radio',
  'location_platform',
  'third_party_transport',
  'power_climate',
  'saturation',
  'forgotten_reroute',
  'security_incident',
  'unknown',
] as const
/** Root cause families of ENISA's yearly report; a third party is a mark beside them there too. */
export const CIRAS = [
  'human_errors',
  'system_failures',
  'natural_phenomena',
  'malicious_actions',
  'unknown',
] as const
export const HELD = ['yes', 'partly', 'no', 'none', 'unknown'] as const
export const CONFIDENCES = ['A', 'B', 'C'] as const

const words = z.string().trim().min(1).max(2000).nullable()
const minutes = z.number().int().min(0).max(527_040).nullable()
/** An instant with its offset, a day, a month or a year; nothing else, and never an hour without its offset. */
const AT = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2}))?)?)?$/
const moment = z.object({
  at: z.string().regex(AT).nullable(),
  precision: z.enum(PRECISIONS),
})

/** One loss of access to help. This schema is what is published; the type and the checks are made of it. */
export const lossRecord = z
  .strictObject({
    format: z.literal(FORMAT),
    id: z.string().regex(/^[A-Z]{2}-[A-Za-z0-9-]{4,80}$/),
    version: z.number().int().min(1).max(10_000),
    country: z.string().regex(/^[A-Z]{2}$/),
    operator: z.strictObject({ name: z.string().trim().min(1).max(200).nullable(), role: z.enum(ROLES) }),
    numbers: z
      .array(z.string().regex(/^[0-9]{2,6}$/))
      .min(1)
      .max(20),
    territory: z.strictObject({
      words: z.string().trim().min(1).max(400).nullable(),
      extent: z.enum(EXTENTS),
      zone: z.string().trim().min(1).max(40).nullable(),
    }),
    networks: z.array(z.enum(NETWORKS)).max(NETWORKS.length),
    times: z.strictObject({ began: moment.strict(), ended: moment.strict() }),
    durationMin: minutes,
    impact: z.strictObject({
      failedCalls: z.number().int().min(0).max(1_000_000_000).nullable(),
      sharePct: z.number().min(0).max(100).nullable(),
      /** People who could not call, or lines; records written before it was asked have none. */
      people: z.number().int().min(0).max(1_000_000_000).nullable().optional(),
      words,
    }),
    detection: z.strictObject({ by: z.enum(DETECTORS), afterMin: minutes, words }),
    authorities: z.strictObject({ informedAfterMin: minutes, words }),
    works: z.enum(WORKS),
    cause: z.strictObject({
      family: z.enum(FAMILIES),
      ciras: z.enum(CIRAS),
      thirdParty: z.boolean(),
      words,
    }),
    fallback: z.strictObject({ held: z.enum(HELD), words }),
    consequence: words,
    learned: words,
    confidence: z.enum(CONFIDENCES),
    doubts: z
      .array(z.strictObject({ field: z.string().min(1).max(60), why: z.string().trim().min(1).max(400) }))
      .max(30),
    sources: z.array(z.string().trim().min(1).max(500)).max(30),
  })
  .meta({
    title: 'Loss of access to help',
    description: 'One record is one loss of access to an emergency service. JSON Lines.',
  })
export type Loss = z.output<typeof lossRecord>

export type Fault = { key: string; values?: Record<string, string | number> }

/**
 * What a record says against itself. Hours that contradict each other make it wrong; a duration that its hours do not make is
 * wrong too, unless its author marked it as doubtful: published figures do contradict each other, and then it is said.
 */
export function contradictions(loss: Loss): Fault[] {
  const faults: Fault[] = []
  const doubted = (...fields: string[]) => loss.doubts.some(({ field }) => fields.includes(field))
  const { began, ended } = loss.times
  for (const [name, moment] of [
    ['began', began],
    ['ended', ended],
  ] as const)
    if (!precise(moment)) faults.push({ key: 'register.fault.precision', values: { field: `times.${name}` } })
  const [from, to] = [instantOf(began), instantOf(ended)]
  if (from !== null && to !== null) {
    if (to < from) faults.push({ key: 'register.fault.ends_before' })
    else if (
      loss.durationMin !== null &&
      Math.round((to - from) / 60_000) !== loss.durationMin &&
      !doubted('durationMin', 'times.began', 'times.ended')
    )
      faults.push({
        key: 'register.fault.duration',
        values: { said: loss.durationMin, made: Math.round((to - from) / 60_000) },
      })
  } else if (
    began.at &&
    ended.at &&
    ended.at.slice(0, shorter(began.at, ended.at)) < began.at.slice(0, shorter(began.at, ended.at))
  )
    faults.push({ key: 'register.fault.ends_before' })
  if (loss.detection.afterMin !== null && loss.detection.by === 'unknown' && !doubted('detection.afterMin'))
    faults.push({ key: 'register.fault.detector' })
  for (const { field } of loss.doubts)
    if (!hasField(loss, field)) faults.push({ key: 'register.fault.doubt', values: { field } })
  return faults
}

/** Is this field of a record marked as doubtful? */
export function isDoubtful(loss: Loss, field: string): boolean {
  return loss.doubts.some((doubt) => doubt.field === field)
}

/** A day of the calendar that exists, and written as exactly as its precision says. */
function precise({ at, precision }: Loss['times']['began']): boolean {
  if (at === null) return precision === 'unknown' || precision === 'relative'
  const length = { minute: 19, hour: 19, day: 10, month: 7, year: 4, relative: 4, unknown: 0 }[precision]
  if (length === 0 || (length === 19 ? at.length < 20 : at.length !== length)) return false
  const [year, month = 1, day = 1] = at.slice(0, 10).split('-').map(Number) as [number, number?, number?]
  const read = new Date(Date.UTC(year, month - 1, day))
  return (
    read.getUTCMonth() === month - 1 &&
    read.getUTCDate() === day &&
    (length < 19 || !Number.isNaN(Date.parse(at)))
  )
}

export function instantOf({ at, precision }: Loss['times']['began']): number | null {
  if (at === null || at.length < 20 || precision === 'unknown') return null
  const read = Date.parse(at)
  return Number.isNaN(read) ? null : read
}

function shorter(a: string, b: string): number {
  return Math.min(a.length, b.length, 10)
}

/** `impact.failedCalls`: a path that the record has. */
export function hasField(loss: Loss, path: string): boolean {
  let here: unknown = loss
  for (const part of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return false
    here = (here as Record<string, unknown>)[part]
  }
  return true
}
