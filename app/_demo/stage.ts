import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import { react } from '#app/_jobs/reactions.ts'
import { EVENTS, type EventName } from '#app/_journal/events.ts'
import { missDeadlines } from '#app/cases/commands/miss-deadlines.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { type ReportDraft, reportInput } from '#app/cases/input.ts'
import { longestPromise } from '#app/cases/rules/deadlines.ts'
import { correlateNow } from '#app/incidents/commands/correlate.ts'
import { decideProposal } from '#app/incidents/commands/decide.ts'
import type { CaseState, Level } from '#db/schema/cases.ts'
import type { People } from './people.ts'

const MINUTE = 60_000

/** What a step knows when its minute comes. */
export type Cue = {
  now: Date
  reference: string
  /** The incident the case belongs to, if any. */
  incident: string | null
  version: number
  state: CaseState
  reporter: AccountActor
  agent: AccountActor
  lead: AccountActor
  /** A promise so many minutes from now, or the longest the rule allows in that state. */
  promise(minutes: number, state?: CaseState): Date
  referenceOf(key: string): string
}
export type Step = { at: number; run(cue: Cue): Promise<Result<unknown>> }

export type Scene = {
  key?: string
  /** Minutes before now at which the report is made. */
  ago: number
  /** Name of the reporting organisation; null for somebody the directory does not know, on the telephone. */
  by: string | null
  report: Partial<ReportDraft>
  steps: Step[]
}

type Cast = { people: People; organisations: Map<string, { id: number; territory: string }> }

/**
 * Plays the scenes through the real commands, minute by minute in one order of time, with the reactions that follow and
 * the clock that tells what was missed: the journal is what it would be had all this happened.
 */
export async function play(sql: postgres.Sql, scenes: Scene[], cast: Cast, now: Date): Promise<void> {
  const references = new Map<Scene, string>()
  const moments = scenes.flatMap((scene, rank) => [
    { ago: scene.ago, run: (at: Date) => open(scene, rank, cast, references, at) },
    ...scene.steps.map((step) => ({
      ago: scene.ago - step.at,
      run: (at: Date) => take(sql, scene, rank, step, cast, references, at),
    })),
  ])
  // The clock looks twice: the second time it has something to add about what it told the first time.
  for (const ago of [8, 0])
    moments.push({ ago, run: async (at) => void (await missDeadlines(machine('clock'), at)) })
  moments.sort((a, b) => b.ago - a.ago)
  let last = await lastLine(sql)
  for (let next = moments.shift(); next; next = moments.shift()) {
    const { ago } = next
    if (ago < 0) throw new Error(`a step lies ${-ago} minutes in the future`)
    const at = new Date(now.getTime() - ago * MINUTE)
    await next.run(at)
    const seen = await followUp(sql, last, at)
    last = seen.last
    for (const proposal of seen.proposed) {
      if (ago < STILL_ASKED_MIN) continue
      const answer = { ago: ago - ANSWER_MIN, run: (then: Date) => accept(cast, proposal, then) }
      const place = moments.findIndex((moment) => moment.ago < answer.ago)
      moments.splice(place < 0 ? moments.length : place, 0, answer)
    }
  }
}

/** The lead answers a proposal of the rules so many minutes after it was made. */
const ANSWER_MIN = 2
/** Proposals younger than this are left for whoever sits down at the demonstration. */
const STILL_ASKED_MIN = 10

async function accept({ people }: Cast, proposalId: number, at: Date): Promise<void> {
  const lead = people.leads[0] as AccountActor
  const input = { proposalId, version: null, reason: null, incidentReference: null }
  const done = await decideProposal(lead, { ...input, decision: 'accepted' }, at)
  if (!done.ok) throw new Error(`proposal ${proposalId}: ${JSON.stringify(done)}`)
}

async function open(scene: Scene, rank: number, cast: Cast, references: Map<Scene, string>, at: Date) {
  const by = scene.by ? cast.organisations.get(scene.by) : null
  if (scene.by && !by) throw new Error(`no organisation ${scene.by}`)
  const telephone = scene.report.channel === 'phone'
  const who = telephone ? cast.people.agents[rank % 2] : cast.people.reporters.get(scene.by ?? '')
  const input = reportInput.parse({
    territoryCode: by?.territory,
    organisationId: telephone ? by?.id : null,
    reporterName: telephone ? null : who?.name,
    ...scene.report,
    submissionId: randomUUID(),
    ...(scene.report.sinceAt ? {} : { sinceAt: new Date(at.getTime() - 6 * MINUTE) }),
  })
  const made = await reportCase(who as AccountActor, input, at)
  if (!made.ok) throw refusal(scene, 'report', made)
  references.set(scene, made.value.reference)
}

async function take(
  sql: postgres.Sql,
  scene: Scene,
  rank: number,
  step: Step,
  cast: Cast,
  references: Map<Scene, string>,
  now: Date,
) {
  const { people } = cast
  const reference = references.get(scene) as string
  const [row] = await sql<{ version: number; state: CaseState; level: Level; incident: string | null }[]>`
    select c.version, c.state, c.level, i.reference as incident
    from cases c left join incident i on i.id = c.incident_id where c.reference = ${reference}`
  if (!row) throw new Error(`${reference} is gone`)
  const done = await step.run({
    now,
    reference,
    incident: row.incident,
    version: row.version,
    state: row.state,
    reporter: people.reporters.get(scene.by ?? '') ?? people.admin,
    agent: people.agents[rank % people.agents.length] as AccountActor,
    lead: people.leads[0] as AccountActor,
    promise: (minutes, state = row.state) =>
      new Date(Math.min(now.getTime() + minutes * MINUTE, longestPromise(state, row.level, now).getTime())),
    referenceOf: (key) => {
      const found = [...references].find(([one]) => one.key === key)?.[1]
      if (!found) throw new Error(`no scene ${key} yet`)
      return found
    },
  })
  if (!done.ok) throw refusal(scene, `step at ${step.at} min`, done)
}

/** What the worker would have done, each thing at its own hour: it must not tell old news again when it starts. */
async function followUp(
  sql: postgres.Sql,
  after: number,
  at: Date,
): Promise<{ last: number; proposed: number[] }> {
  const lines = await sql<{ id: string; event: EventName }[]>`
    select id, event from journal where id > ${after} order by id`
  const last = Number(lines.at(-1)?.id ?? after)
  const ids = lines.filter((line) => EVENTS[line.event].reacts).map((line) => Number(line.id))
  if (ids.length > 0) await react(machine('reactions'), ids, at)
  const jobs = await sql<{ task_identifier: string }[]>`
    with waiting as (select id, task_identifier from graphile_worker.jobs),
      done as (select count(*) from graphile_worker.complete_jobs(array(select id from waiting)))
    select task_identifier from waiting, done`
  const correlates = jobs.some((job) => job.task_identifier === 'correlate')
  const found = correlates ? await correlateNow(machine('reactions'), at) : null
  if (lines.length === 0) return { last, proposed: [] }
  const further = await followUp(sql, last, at)
  return { last: further.last, proposed: [...(found?.proposed ?? []), ...further.proposed] }
}

async function lastLine(sql: postgres.Sql): Promise<number> {
  const [row] = await sql`select coalesce(max(id), 0)::int as id from journal`
  return row?.id
}

function refusal(scene: Scene, what: string, result: object): Error {
  return new Error(`${scene.by ?? 'public'}, ${scene.ago} min ago, ${what}: ${JSON.stringify(result)}`)
}
