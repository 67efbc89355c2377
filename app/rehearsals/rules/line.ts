import { z } from 'zod'
import { type Place, type ReportFact, reportFact } from '#app/incidents/rules/facts.ts'
import { placeOfCode } from '#app/incidents/rules/places.ts'
import { COUNTRY } from '#db/reference/territories.ts'

/** Yes, no, or not asked: as a boolean, or in words. */
const asked = z
  .union([z.boolean(), z.stringbool(), z.literal(['', 'unknown'])])
  .nullish()
  .transform((said) => (typeof said === 'boolean' ? said : null))
const word = z.string().nullish()
/** Codes are words, also where a file writes 59 or 15 without quotes. */
const code = z.union([z.string(), z.number()]).transform((said) => String(said).trim())
const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/, 'is not an instant in ISO 8601')
  // Without an offset it is UTC, whatever clock this machine keeps.
  .transform((said) => Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(said) ? said : `${said}Z`))
  .refine((at) => Number.isFinite(at), 'is not an instant in ISO 8601')

/** One report of a life, as a line of a file says it. What is not named here is ignored. */
const line = z.object({
  at: instant,
  organisation: code.refine((said) => said !== '', 'is empty'),
  reporterKind: z
    .string()
    .nullish()
    .transform((said) => said ?? 'other'),
  territory: code.refine((said) => said !== '', 'is empty'),
  /** One number may stand alone. */
  numbers: z
    .union([z.array(code), code])
    .nullish()
    .transform((said) => [said ?? []].flat()),
  symptom: z
    .string()
    .nullish()
    .transform((said) => said ?? 'UNKNOWN'),
  operator: word,
  technology: word,
  ordinaryCallsWork: asked,
  wideView: asked,
  relay: asked,
  verified: z.boolean(),
  words: word,
  /** The failure it belongs to; for the score alone. */
  truth: word,
})

/** A report of a life. `at`: epoch ms. `truth` is read by the score and by nothing else. */
export type Line = Omit<z.infer<typeof line>, Unsaid> & Partial<Pick<z.infer<typeof line>, Unsaid>>
type Unsaid = 'ordinaryCallsWork' | 'wideView' | 'relay'

export type ReadLife = { ok: true; lines: Line[] } | { ok: false; problems: string[] }

const MOST_PROBLEMS = 10

/** Reads a life from JSON Lines; the problems name their line. In the order of the instants. */
export function readLife(text: string): ReadLife {
  const lines: Line[] = []
  const problems: string[] = []
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .forEach((raw, index) => {
      if (raw.trim() === '' || problems.length >= MOST_PROBLEMS) return
      const read = line.safeParse(parsed(raw))
      if (read.success) lines.push(read.data)
      else
        problems.push(
          `line ${index + 1}: ${read.error.issues.map((one) => `${one.path.join('.')} ${one.message}`).join('; ')}`,
        )
    })
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, lines: lines.sort((a, b) => a.at - b.at) }
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return null
  }
}

/** A code of the table, or a place of its own in the country: a life simulated elsewhere may name others. */
function placeOf(code: string): Place {
  const plain = code.trim().toUpperCase()
  const known =
    placeOfCode(plain) ??
    placeOfCode(plain.replace(/^0+(?=\d\d$)/, '')) ??
    placeOfCode(plain.padStart(2, '0'))
  return known ?? { code: plain, kind: 'departement', parents: [COUNTRY] }
}

/** The report as the rules read it: what a real case of the same words would be. */
export function factOfLine(one: Line, id: number): ReportFact {
  return reportFact({
    ...{ id, reference: String(id), at: one.at, organisation: one.organisation },
    ...{ organisationName: one.organisation, reporterKind: one.reporterKind, verified: one.verified },
    ...{ channel: 'portal', territory: placeOf(one.territory), numbers: one.numbers, symptom: one.symptom },
    ...{ callingOperator: one.operator ?? null, technology: one.technology ?? null, siteAccess: null },
    ...{ tests: null, fallback: null, longNumberOk: null, duplicateOf: null, closedAt: null },
    ordinaryCallsWork: one.ordinaryCallsWork ?? null,
    wideView: one.wideView ?? null,
    relayed: one.relay ?? null,
    text: one.words ?? '',
  })
}
