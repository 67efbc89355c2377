import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { readDrill } from '#app/drills/rules/drill.ts'
import { replay } from '#app/drills/rules/replay.ts'
import { shippedDrills } from '#app/drills/shipped.ts'
import { exercise } from '#db/schema/exercise.ts'
import { incident } from '#db/schema/incidents.ts'
import { asActor, inReality, type Tx } from '#db/transaction.ts'
import accounts from './files/accounts.json' with { type: 'json' }
import { type OwnFacts, readOwnFacts, readOwnMeans } from './own-facts.ts'
import {
  type Account,
  type At,
  type Choice,
  judgeChoice,
  known,
  STAGES,
  type Stage,
  UNKNOWN,
} from './rules/account.ts'

type File = Omit<Account, 'kind'> & { drill: string | null }
const FILES = accounts as unknown as File[]
const MINUTE = 60_000

/** The public accounts that stand ready. */
export function publicAccounts(): (Account & { drill: string | null })[] {
  return FILES.map((one) => ({ ...one, kind: 'public' as const }))
}

/** What may be put on the axis: public accounts, incidents of ours, drills that were played to their end. */
export function readChoices(actor: AccountActor) {
  return inReality(actor, async (tx) => {
    if (!may(actor, 'reviews.read')) return { incidents: [], runs: [] }
    const incidents = await tx
      .select({ reference: incident.reference, title: incident.title })
      .from(incident)
      .where(isNull(incident.exerciseId))
      .orderBy(desc(incident.openedAt))
      .limit(50)
    const runs = await tx
      .select({ id: exercise.id, title: exercise.title, startedAt: exercise.startedAt })
      .from(exercise)
      .where(sql`${exercise.result} is not null`)
      .orderBy(desc(exercise.id))
      .limit(20)
    return { incidents, runs }
  })
}

/** The losses of a choice, in its order, and what our rules would have made of each; `missing`: one is not there to see. */
export async function readComparison(actor: AccountActor, chosen: Choice, withRules: boolean) {
  const verdict = judgeChoice(chosen)
  const names = verdict.ok ? [chosen.subject, ...chosen.others] : []
  const found = await Promise.all(names.map((name) => readAccount(actor, name)))
  const accounts = found.filter((each) => each !== null)
  const rules = withRules ? names.flatMap((name) => withOurRules(name) ?? []) : []
  return { verdict, accounts, rules, missing: accounts.length < names.length }
}

/** One account by its name: a public one, `incident:REF`, `run:ID`; null when there is none to see. */
export async function readAccount(actor: AccountActor, name: string): Promise<Account | null> {
  const shipped = publicAccounts().find(({ id }) => id === name)
  if (shipped) return shipped
  const [, kind, rest = ''] = /^(incident|run):(.{1,60})$/.exec(name) ?? []
  if (!may(actor, 'reviews.read')) return null
  if (kind === 'incident') return inReality(actor, (tx) => ofIncident(tx, rest))
  if (kind === 'run' && /^\d{1,12}$/.test(rest)) return ofRun(actor, Number(rest))
  return null
}

/** What our rules would have done with the same reports, nobody answering: a reconstruction, and said to be one. */
export function withOurRules(id: string): Account | null {
  const shipped = FILES.find((one) => one.id === id)
  const drill = shipped?.drill && shippedDrills().find((one) => one.drill.id === shipped.drill)?.drill
  if (!shipped || !drill) return null
  const played = replay(drill)
  const first = drill.reports[0]?.offset_min
  return {
    id: `rules:${id}`,
    name: shipped.name,
    kind: 'reconstruction',
    country: shipped.country,
    stages: stagesOf({
      first_report: first ?? null,
      detection: played.crisisProposed,
      cell: played.crisisActive,
    }),
    means: null,
    sources: [],
  }
}

async function ofIncident(tx: Tx, reference: string): Promise<Account | null> {
  const [one] = await tx
    .select()
    .from(incident)
    .where(and(eq(incident.reference, reference), isNull(incident.exerciseId)))
  if (!one) return null
  const facts = await readOwnFacts(tx, one.id)
  const title = one.title ? `${one.reference} ${one.title}` : one.reference
  return {
    id: `incident:${reference}`,
    name: { fr: title, en: title },
    kind: 'ours',
    country: null,
    stages: stagesOf(minutesFrom(facts.began ?? one.openedAt.getTime(), facts)),
    means: await readOwnMeans(tx, one.id),
    sources: [],
  }
}

/** A drill that was played: what its figures say, and what people did in it that they do not. */
async function ofRun(actor: AccountActor, id: number): Promise<Account | null> {
  const [run] = await inReality(actor, (tx) =>
    tx
      .select({ title: exercise.title, result: exercise.result, file: exercise.file })
      .from(exercise)
      .where(eq(exercise.id, id)),
  )
  if (!run?.result) return null
  const result = run.result as Record<string, unknown>
  const minute = (key: string) => (typeof result[key] === 'number' ? Math.round(result[key] as number) : null)
  const read = run.file ? readDrill(run.file) : null
  const played = read?.ok
    ? minutesFrom(read.drill.t0, await asActor({ ...actor, exerciseId: id }, (tx) => readOwnFacts(tx, null)))
    : {}
  return {
    id: `run:${id}`,
    name: { fr: run.title, en: run.title },
    kind: 'reconstruction',
    country: null,
    stages: stagesOf({
      ...played,
      first_report: minute('first_qualifying_offset_min'),
      detection: minute('crisis_proposed_offset_min'),
      cell: minute('crisis_active_offset_min'),
      authorities: minute('authority_notice_offset_min'),
    }),
    means: null,
    sources: [],
  }
}

function minutesFrom(began: number, facts: OwnFacts): Record<Stage, number | null> {
  const after = (at: number | null) => (at === null ? null : Math.max(0, Math.round((at - began) / MINUTE)))
  return {
    first_report: after(facts.firstReport),
    detection: after(facts.understood),
    cell: after(facts.cell),
    authorities: after(facts.authorities),
    public: after(facts.public),
    workaround: after(facts.workaround),
    restored: after(facts.restored),
    last_residual: after(facts.lastResidual),
  }
}

function stagesOf(minutes: Partial<Record<Stage, number | null>>): Record<Stage, At> {
  return Object.fromEntries(
    STAGES.map((stage) => {
      const said = minutes[stage]
      return [stage, said === undefined || said === null ? UNKNOWN : known(Math.round(said))]
    }),
  ) as Record<Stage, At>
}
