import { z } from 'zod'
import type { Said } from '#app/incidents/rules/facts.ts'
import { isSymptom, type Symptom } from '#db/reference/symptoms.ts'
import { type KnownPlace, placeOf } from './territory.ts'

/** Two weeks either side of minute 0: a longer file is a mistake, and would be played for ever. */
const MOST_MINUTES = 14 * 24 * 60
const MOST_EVENTS = 2000

const offset = z.number().min(-MOST_MINUTES).max(MOST_MINUTES)

/** As long as an intake takes it; said when the file is read, not in the middle of the exercise. */
const short = z.string().max(1000)
const count = z.number().int().min(0).max(100_000)

const text = short.nullish().transform((value) => value ?? null)

/** Only what a reporter would have said: what the schema does not name (noise, grounding, source) is dropped here. */
const report = z.object({
  seq: z.number().int(),
  type: z.literal('report'),
  offset_min: offset,
  channel: short,
  reporter: z.object({ kind: short, org: short.min(1), verified: z.boolean() }),
  territory: z.object({ code: z.string().min(1).max(40), name: short }),
  numbers: z.array(z.string().min(1).max(12)).max(20),
  calling: z.object({ operator: text, technology: text }).prefault({}),
  site_access: text,
  symptom: z.string(),
  long_number_ok: z
    .boolean()
    .nullish()
    .transform((value) => value ?? null),
  tests: z
    .object({ ok: count, tried: count, window_min: z.number().min(0).max(100_000).nullish() })
    .refine((tests) => tests.ok <= tests.tried, { message: 'drills.fault.passed_over_tried', path: ['ok'] })
    .nullish()
    .transform((value) => value ?? null),
  fallback: text,
  text: z.string(),
})
export type DrillReport = z.infer<typeof report>

/** Stage directions: nobody who reports sees them, so they carry only their place in time. */
const inject = z.object({ seq: z.number().int(), type: z.literal('inject'), offset_min: offset })

const drillFile = z.object({
  schema: z.literal('hotline-drill/1'),
  drill_id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  title_fr: z.string(),
  lang: z.enum(['fr', 'en']),
  country: z.string().min(2),
  exercise_marker: z.string(),
  label: z.string(),
  clock: z.object({ t0_local: z.iso.datetime({ offset: true }), t0_meaning: z.string() }),
  reality: z.record(z.string(), z.unknown()),
  events: z.array(z.discriminatedUnion('type', [report, inject])).max(MOST_EVENTS),
})

export type Drill = {
  id: string
  title: string
  titleFr: string
  lang: 'fr' | 'en'
  country: string
  label: string
  exerciseMarker: string
  /** Minute 0 of the drill, epoch ms. */
  t0: number
  /** In the order of the drill's clock; within a minute in the order of the file. */
  reports: DrillReport[]
  /** Last minute of the drill: the last event, inject or report. */
  lastOffsetMin: number
}

/** What happened in truth. For the after-action page alone, never for a rule or a command. */
export type Reality = Record<string, unknown>

export type ReadDrill =
  | { ok: true; drill: Drill; reality: Reality }
  | { ok: false; problems: { path: string; message: string }[]; issues: z.core.$ZodIssue[] }

/** Reads a file of the schema hotline-drill/1; `reality` is handed out apart. */
export function readDrill(json: unknown): ReadDrill {
  const read = drillFile.safeParse(json)
  if (!read.success) {
    const problems = read.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: issue.message,
    }))
    return { ok: false, problems, issues: read.error.issues }
  }
  const file = read.data
  const reports = file.events.filter((event) => event.type === 'report')
  const drill: Drill = {
    id: file.drill_id,
    title: file.title,
    titleFr: file.title_fr,
    lang: file.lang,
    country: file.country.toUpperCase(),
    label: file.label,
    exerciseMarker: file.exercise_marker,
    t0: Date.parse(file.clock.t0_local),
    reports: reports.sort((a, b) => a.offset_min - b.offset_min || a.seq - b.seq),
    lastOffsetMin: Math.max(0, ...file.events.map((event) => event.offset_min)),
  }
  return { ok: true, drill, reality: file.reality }
}

/** Numbers that trigger: the application's vital ones; a drill from abroad brings its own, each vital. */
export function vitalNumbersOf(drill: Drill, own: readonly string[]): string[] {
  if (drill.country === 'FR') return [...own]
  return [...new Set(drill.reports.flatMap((one) => one.numbers))]
}

/** What a drill from abroad brings to the table of numbers; a French one brings nothing. */
export function numbersOf(drill: Drill): string[] {
  return drill.country === 'FR' ? [] : vitalNumbersOf(drill, [])
}

/** Of the numbers said, those that exist in the world it is played in: a French drill brings none of its own. */
export function numbersHeard(report: DrillReport, known: ReadonlySet<string>): string[] {
  return [...new Set(report.numbers)].filter((number) => known.has(number)).slice(0, 20)
}

/** A form asks for a number; what a caller says without one is kept as unknown rather than refused. */
const NUMBERLESS = ['LONG_NUMBERS_ALSO', 'SITE_ALL_DOWN', 'UNKNOWN', 'NONE']
export function symptomHeard(numbers: readonly string[], symptom: string): Symptom {
  if (!isSymptom(symptom)) return 'UNKNOWN'
  return numbers.length === 0 && !NUMBERLESS.includes(symptom) ? 'UNKNOWN' : symptom
}

/** The report as it is said to the intake. */
export function saidOf(report: DrillReport, drill: Drill, known?: KnownPlace): Said {
  return {
    id: report.seq,
    reference: String(report.seq),
    at: drill.t0 + report.offset_min * 60_000,
    organisation: organisationKey(report.reporter.org, report.reporter.kind, report.territory.code),
    organisationName: report.reporter.org,
    reporterKind: report.reporter.kind,
    verified: report.reporter.verified,
    channel: report.channel,
    territory: placeOf(report.territory, drill.country, known),
    numbers: report.numbers,
    symptom: report.symptom,
    callingOperator: report.calling.operator,
    technology: technologyOf(report.calling.technology),
    siteAccess: siteAccessOf(report.site_access),
    tests: report.tests && {
      ok: report.tests.ok,
      tried: report.tests.tried,
      windowMin: report.tests.window_min ?? null,
    },
    fallback: report.fallback,
    longNumberOk: report.long_number_ok,
    duplicateOf: null,
    closedAt: null,
    text: report.text,
  }
}

/**
 * Two posts of one préfecture are one organisation, and so are two desks of "SAMU 59". A bare word before the dash
 * ("CROSS - Manche", "Police - Leeds") names a kind, not an organisation: the whole name counts.
 */
export function organisationKey(name: string, kind: string, territoryCode: string): string {
  const plain = name.trim().toLowerCase().replace(/\s+/g, ' ')
  const head = plain.split(/ [-–—] /)[0] ?? plain
  if (/^prefecture/.test(kind)) return head
  if (/[a-z].*\d/.test(head)) return head
  return head.includes(' ') ? `${head}@${territoryCode.toLowerCase()}` : plain
}

/** The codes of the application's own form (DOMAIN §3). */
export function technologyOf(said: string | null): string | null {
  if (said === null) return null
  const words = said.toLowerCase()
  if (/volte.*voip|voip.*volte/.test(words)) return 'unknown'
  if (/volte|4g|5g|mobile|cell/.test(words)) return 'volte'
  if (/3g|umts/.test(words)) return '3g'
  if (/2g|gsm/.test(words)) return '2g'
  if (/satel/.test(words)) return 'satellite'
  if (/trunk|t2|sip/.test(words)) return 'trunk'
  if (/box|voip|fibre|fiber|nbn|ftth/.test(words)) return 'box'
  if (/rtc|copper|cuivre|pstn|landline|fixe/.test(words)) return 'copper'
  return 'unknown'
}

export function siteAccessOf(said: string | null): 'rtc' | 'sip' | 'mixed' | 'unknown' | null {
  if (said === null) return null
  const words = said.toLowerCase()
  if (/mix/.test(words)) return 'mixed'
  if (/rtc|pstn|isdn|tdm|copper|t0|t2/.test(words)) return 'rtc'
  return /ip|sip|voip/.test(words) ? 'sip' : 'unknown'
}

/** Directory kinds for the drill's: the same post under two spellings. Others are kept as 'other' by the directory. */
export function directoryKindOf(kind: string): string {
  const known: Record<string, string> = {
    police_cic: 'police',
    prefecture_cabinet: 'prefecture',
    prefecture_sidpc: 'prefecture',
    siao_115: 'siao115',
    third_party_operator: 'operator',
  }
  return known[kind] ?? kind
}
