import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { type Reported, reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { isSymptom } from '#db/reference/symptoms.ts'
import { ORGANISATION_KINDS, type OrganisationKind, organisation } from '#db/schema/directory.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { type Drill, type DrillReport, directoryKindOf, organisationKey, saidOf } from '../rules/drill.ts'
import type { Places } from './places.ts'

/** Kinds that are not in a directory: they have no organisation to match, so nothing to call back. */
const NOBODY = ['citizen', 'media', 'unknown_caller', 'public']

const CHANNELS = ['portal', 'phone', 'sms', 'email', 'social_watch'] as const

/** Takes a report of a drill as the intake takes a real one; only what the reporter would have said gets here. */
export async function takeReport(
  actor: MachineActor,
  drill: Drill,
  report: DrillReport,
  places: Places,
  now: Date,
): Promise<Reported> {
  const said = saidOf(report, drill)
  const organisationId = NOBODY.includes(report.reporter.kind)
    ? null
    : await asActor(actor, (tx) => organisationOf(tx, actor, report, places))
  const channel = CHANNELS.find((one) => one === report.channel) ?? 'phone'
  const input = reportInput.parse({
    submissionId: submissionOf(actor, report),
    channel,
    organisationId,
    reporterKind: report.reporter.kind,
    calledBack: report.reporter.verified,
    numbers: report.numbers,
    symptom: numberless(report) ? 'UNKNOWN' : isSymptom(report.symptom) ? report.symptom : 'UNKNOWN',
    territoryCode: places.get(report.territory.code) ?? report.territory.code,
    siteAccess: said.siteAccess,
    callingTechnology: said.technology,
    callingOperator: said.callingOperator,
    longNumberOk: said.longNumberOk === null ? null : said.longNumberOk ? 'yes' : 'no',
    fallback:
      (['none', 'planned', 'active', 'failing'] as const).find((one) => one === said.fallback) ?? null,
    details: report.text,
    tests:
      report.tests && report.tests.tried > 0
        ? [
            {
              passed: report.tests.ok,
              tried: report.tests.tried,
              windowMin: report.tests.window_min ?? null,
              technology: said.technology,
              operator: said.callingOperator,
            },
          ]
        : [],
  })
  const made = await reportCase(actor, input, now)
  if (!made.ok) throw new Error(`report ${report.seq} was refused: ${JSON.stringify(made)}`)
  return made.value
}

/** The same report of the same run always carries the same id: played again after a restart, it is the same case. */
function submissionOf(actor: MachineActor, { seq, offset_min, reporter, text }: DrillReport): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([actor.exerciseId, seq, offset_min, reporter.org, text]))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A form asks for a number; what a caller says without one is kept as unknown rather than refused. */
function numberless(report: DrillReport): boolean {
  return (
    report.numbers.length === 0 &&
    !['LONG_NUMBERS_ALSO', 'SITE_ALL_DOWN', 'UNKNOWN', 'NONE'].includes(report.symptom)
  )
}

async function organisationOf(
  tx: Tx,
  actor: MachineActor,
  report: DrillReport,
  places: Places,
): Promise<number> {
  const key = organisationKey(report.reporter.org, report.reporter.kind, report.territory.code)
  const exerciseId = actor.exerciseId as number
  const [known] = await tx
    .select({ id: organisation.id })
    .from(organisation)
    .where(and(eq(organisation.search, key), eq(organisation.exerciseId, exerciseId)))
  if (known) return known.id
  const place = places.get(report.territory.code) ?? report.territory.code
  const kind = directoryKindOf(report.reporter.kind)
  const [made] = await tx
    .insert(organisation)
    .values({
      kind: ORGANISATION_KINDS.find((one) => one === kind) ?? ('other' satisfies OrganisationKind),
      name: report.reporter.org,
      territoryCode: place,
      sees: isAuthority(kind) ? [place] : [],
      search: key,
      exerciseId,
    })
    .returning({ id: organisation.id })
  return made?.id as number
}

function isAuthority(kind: string): boolean {
  return [
    'prefecture',
    'prefecture_police',
    'coz',
    'ars',
    'cogic',
    'corruss',
    'cced',
    'ministry',
    'anssi',
  ].includes(kind)
}
