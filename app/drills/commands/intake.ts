import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { beginning, shortened } from '#app/_doors/rules/cut.ts'
import { type Reported, reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { roleOf } from '#app/incidents/rules/reporter-role.ts'
import { ORGANISATION_KINDS, type OrganisationKind, organisation } from '#db/schema/directory.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import {
  type Drill,
  type DrillReport,
  directoryKindOf,
  numbersHeard,
  organisationKey,
  saidOf,
  symptomHeard,
} from '../rules/drill.ts'
import type { Places } from './places.ts'

const NOBODY = ['citizen', 'media', 'unknown_caller', 'public']
/** A form refuses more; a drill is not played by hand. */
const LONGEST_TEXT = 4000

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
  const { organisationId, numbers } = await asActor(actor, async (tx) => ({
    organisationId: isNobody(report) ? null : await organisationOf(tx, actor, report, places),
    numbers: await knownNumbers(tx, report),
  }))
  const channel = CHANNELS.find((one) => one === report.channel) ?? 'phone'
  const input = reportInput.parse({
    submissionId: submissionOf(actor, report),
    channel,
    organisationId,
    reporterKind: beginning(report.reporter.kind, 200),
    calledBack: report.reporter.verified,
    numbers,
    symptom: symptomHeard(numbers, report.symptom),
    territoryCode: places.get(report.territory.code) ?? report.territory.code,
    siteAccess: said.siteAccess,
    callingTechnology: said.technology,
    callingOperator: said.callingOperator && beginning(said.callingOperator, 200),
    longNumberOk: said.longNumberOk === null ? null : said.longNumberOk ? 'yes' : 'no',
    fallback:
      (['none', 'planned', 'active', 'failing'] as const).find((one) => one === said.fallback) ?? null,
    details: shortened(report.text, LONGEST_TEXT),
    tests:
      report.tests && report.tests.tried > 0
        ? [
            {
              passed: report.tests.ok,
              tried: report.tests.tried,
              windowMin:
                report.tests.window_min == null ? null : Math.max(0, Math.round(report.tests.window_min)),
              technology: said.technology,
              operator: said.callingOperator && beginning(said.callingOperator, 200),
            },
          ]
        : [],
  })
  const made = await reportCase(actor, { ...input, content: input.submissionId }, now)
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

/** Of the numbers said, those that exist in this world: a French drill brings none of its own. */
async function knownNumbers(tx: Tx, report: DrillReport): Promise<string[]> {
  const rows = await tx.execute<{ number: string }>(sql`select number from app.numbers()`)
  const known = new Set(rows.map((row) => row.number))
  return numbersHeard(report, known)
}

/** The public and the press are in no directory: there is nobody to match, so nobody to call back. */
function isNobody({ reporter: { kind } }: DrillReport): boolean {
  return NOBODY.includes(kind) || ['public', 'media'].includes(roleOf(kind))
}

async function organisationOf(
  tx: Tx,
  actor: MachineActor,
  report: DrillReport,
  places: Places,
): Promise<number> {
  const key = organisationKey(report.reporter.org, report.reporter.kind, report.territory.code)
  const { exerciseId } = actor
  // Null where a drill is played in a service of its own, for measuring: its real world.
  const ofThisWorld = sql`${organisation.exerciseId} is not distinct from ${exerciseId}`
  const [known] = await tx
    .select({ id: organisation.id })
    .from(organisation)
    .where(and(eq(organisation.search, key), ofThisWorld))
  if (known) return known.id
  // Two organisations may bear one name in two places ("City hospital"): the directory tells them apart by it.
  const [homonym] = await tx
    .select({ id: organisation.id })
    .from(organisation)
    .where(and(eq(organisation.name, report.reporter.org), ofThisWorld))
  const place = places.get(report.territory.code) ?? report.territory.code
  const kind = directoryKindOf(report.reporter.kind)
  const [made] = await tx
    .insert(organisation)
    .values({
      kind: ORGANISATION_KINDS.find((one) => one === kind) ?? ('other' satisfies OrganisationKind),
      name: homonym ? `${report.reporter.org} (${key})` : report.reporter.org,
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
