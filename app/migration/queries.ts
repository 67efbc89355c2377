import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { ROW_VERSION } from '#app/directory/commands/administer.ts'
import { organisation, site } from '#db/schema/directory.ts'
import { journal } from '#db/schema/journal.ts'
import {
  copperClosure,
  move,
  moveBlocker,
  moveStep,
  moveTest,
  siteCheck,
  siteLine,
  siteVersion,
} from '#db/schema/migration.ts'
import { commune, territory } from '#db/schema/reference.ts'
import { inReality, type Tx } from '#db/transaction.ts'
import { scoreOf } from './rules/resilience.ts'
import { type Closure, onCopper, risksOf } from './rules/risk.ts'
import { nextCutOver, reached } from './rules/steps.ts'

/** One site with all that is known of its way to IP; null when there is none to see. */
export function readMove(actor: AccountActor, siteId: number, now: Date) {
  return inReality(actor, async (tx) => {
    const [found] = await tx
      .select({
        id: site.id,
        name: site.name,
        numbers: site.numbers,
        access: site.access,
        operator: site.operator,
        territoryCode: site.territoryCode,
        territory: territory.name,
        timeZone: territory.timeZone,
        commune: commune.name,
        organisation: organisation.name,
        commercialOn: copperClosure.commercialOn,
        technicalOn: copperClosure.technicalOn,
        closureState: copperClosure.state,
      })
      .from(site)
      .innerJoin(organisation, eq(organisation.id, site.organisationId))
      .leftJoin(territory, eq(territory.code, site.territoryCode))
      .leftJoin(commune, eq(commune.code, site.communeCode))
      .leftJoin(copperClosure, eq(copperClosure.communeCode, site.communeCode))
      .where(and(eq(site.id, siteId), eq(site.active, true), sql`${organisation.exerciseId} is null`))
    if (!found) return null
    const lines = await tx
      .select({ row: siteLine, version: ROW_VERSION })
      .from(siteLine)
      .where(eq(siteLine.siteId, siteId))
      .orderBy(sql`${siteLine.stage} = 'removed'`, asc(siteLine.id))
    const [open] = await tx.select().from(move).where(eq(move.siteId, siteId))
    const steps = await tx
      .select()
      .from(moveStep)
      .where(eq(moveStep.siteId, siteId))
      .orderBy(asc(moveStep.startsAt), asc(moveStep.id))
    const tests = await tx
      .select()
      .from(moveTest)
      .where(eq(moveTest.siteId, siteId))
      .orderBy(asc(moveTest.at), asc(moveTest.id))
    const blockers = await tx
      .select()
      .from(moveBlocker)
      .where(eq(moveBlocker.siteId, siteId))
      .orderBy(sql`${moveBlocker.liftedAt} is not null`, desc(moveBlocker.since))
    const checks = await tx.select().from(siteCheck).where(eq(siteCheck.siteId, siteId))
    const accesses = lines.map(({ row, version }) => ({ ...row, version }))
    const closure = closureOf(found)
    const facts = { access: found.access, lines: accesses, steps, closure, ended: Boolean(open?.endedAt) }
    return {
      site: found,
      move: open ?? null,
      accesses,
      steps,
      tests,
      blockers,
      checks,
      closure,
      score: scoreOf(checks, accesses, now),
      risks: risksOf(facts, now),
      cutOver: nextCutOver(steps),
      history: may(actor, 'migration.work') ? await historyOf(tx, siteId) : null,
    }
  })
}

type Dates = Pick<Closure, 'commercialOn'> & {
  technicalOn: string | null
  closureState: Closure['state'] | null
}

function closureOf({ commercialOn, technicalOn, closureState }: Dates): Closure | null {
  return technicalOn ? { commercialOn, technicalOn, state: closureState ?? 'planned' } : null
}

export type Move = NonNullable<Awaited<ReturnType<typeof readMove>>>

/** So many lines of its history are shown. */
const MOST_LINES = 60

async function historyOf(tx: Tx, siteId: number) {
  const lines = await tx
    .select({
      id: journal.id,
      at: journal.at,
      by: journal.actorName,
      event: journal.event,
      text: journal.text,
      data: journal.data,
    })
    .from(journal)
    .where(eq(journal.chain, `migration:${siteId}`))
    .orderBy(desc(journal.seq))
    .limit(MOST_LINES)
  const versions = await tx
    .select()
    .from(siteVersion)
    .where(eq(siteVersion.siteId, siteId))
    .orderBy(desc(siteVersion.id))
    .limit(MOST_LINES)
  return { lines, versions }
}

/** Every site that this person may see, with what threatens it and how far it is: what the pictures and the lists count. */
export function readSites(actor: AccountActor, now: Date) {
  return inReality(actor, async (tx) => {
    const rows = await tx.execute<SiteRow>(sql`
      select s.id::int, s.name, s.territory_code as "territoryCode", t.name as territory, s.numbers, s.access,
        o.name as organisation, m.next_contact_at as "nextContactAt", m.ended_at as "endedAt", m.promise_missed_at as "promiseMissedAt",
        (m.site_id is not null) as planned,
        c.commercial_on as "commercialOn", c.technical_on as "technicalOn", c.state as "closureState",
        coalesce((select jsonb_agg(jsonb_build_object('kind', l.kind, 'stage', l.stage, 'operator', l.operator, 'path', l.path,
          'exchange', l.exchange)) from site_line l where l.site_id = s.id), '[]') as lines,
        coalesce((select jsonb_agg(jsonb_build_object('kind', p.kind, 'state', p.state, 'startsAt', p.starts_at) order by p.starts_at)
          from move_step p where p.site_id = s.id), '[]') as steps,
        coalesce((select jsonb_agg(jsonb_build_object('item', k.item, 'answer', k.answer, 'proof', k.proof, 'provedOn', k.proved_on))
          from site_check k where k.site_id = s.id), '[]') as checks,
        (select count(*)::int from move_blocker b where b.site_id = s.id and b.lifted_at is null) as blockers
      from site s join organisation o on o.id = s.organisation_id and o.exercise_id is null
        left join territory t on t.code = s.territory_code left join move m on m.site_id = s.id
        left join copper_closure c on c.commune_code = s.commune_code
      where s.active order by s.territory_code, s.name, s.id`)
    return [...rows].map((row) => summary(row, now))
  })
}

type Facts = Parameters<typeof risksOf>[0]
type Checks = Parameters<typeof scoreOf>[0]
type SiteRow = Dates & {
  id: number
  name: string
  territoryCode: string
  territory: string | null
  numbers: string[]
  access: string
  organisation: string
  planned: boolean
  nextContactAt: string | null
  endedAt: string | null
  promiseMissedAt: string | null
  lines: Facts['lines']
  steps: { kind: Facts['steps'][number]['kind']; state: Facts['steps'][number]['state']; startsAt: string }[]
  checks: Checks
  blockers: number
}

function summary(row: SiteRow, now: Date) {
  const steps = row.steps.map((step) => ({ ...step, startsAt: new Date(step.startsAt) }))
  const { access, lines } = row
  const facts: Facts = { access, lines, steps, closure: closureOf(row), ended: row.endedAt !== null }
  const score = scoreOf(row.checks, row.lines, now)
  return {
    id: row.id,
    name: row.name,
    organisation: row.organisation,
    territoryCode: row.territoryCode,
    territory: row.territory ?? row.territoryCode,
    numbers: row.numbers,
    onCopper: onCopper(facts),
    /** On its way: decided, not over. */
    moving: row.planned && row.endedAt === null,
    moved: row.endedAt !== null,
    nextContactAt: row.nextContactAt ? new Date(row.nextContactAt) : null,
    late: row.promiseMissedAt !== null,
    technicalOn: row.technicalOn,
    reached: reached(steps),
    cutOver: nextCutOver(steps),
    blockers: row.blockers,
    /** No question answered is no letter: E would say that somebody looked. */
    letter: row.checks.length === 0 ? null : score.letter,
    risks: risksOf(facts, now),
  }
}

export type SiteSummary = ReturnType<typeof summary>

export function countClosures(actor: AccountActor): Promise<number> {
  return inReality(actor, (tx) => tx.$count(copperClosure))
}
