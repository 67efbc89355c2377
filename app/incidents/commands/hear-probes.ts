import { and, eq, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { addTests } from '#app/cases/commands/tests.ts'
import { statesThat } from '#app/cases/rules/states.ts'
import { type Decided, decideBursts, openBursts, reportsToTry } from '#app/supervision/commands/bursts.ts'
import { keepMemory, readOn } from '#app/supervision/commands/read-on.ts'
import { type Alarm, COUNTRY, type PooledWatch } from '#app/supervision/rules/cusum.ts'
import { fusedYears } from '#app/supervision/rules/fusion.ts'
import { territoryName } from '#db/reference/territories.ts'
import { cases } from '#db/schema/cases.ts'
import { proposal } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { type Situation, situationAt } from '../facts.ts'
import { learntHere } from '../learnt.ts'
import { heard, type Voice } from '../rules/heard.ts'
import { COUNTRY_SCOPE, type Scope } from '../rules/scopes.ts'
import { onceIn } from '../rules/sentence.ts'
import type { CorrelationValues } from '../rules/thresholds.ts'
import { usualAt } from '../rules/usual.ts'
import type { Episode } from '../rules/watch.ts'
import { correlationInForce } from '../thresholds.ts'
import { alone } from './alone.ts'
import { gatherEpisode } from './gather.ts'

export type HeardProbes = { more: boolean; proposed: number[]; bursts: number; decided: number }

/** People's reports count beside failing probes when they came since, or in the two hours before. */
const BESIDE_MS = 2 * 3_600_000
/** Nothing is read of people's reports while the probes say less than this: once in a day by chance. */
const WORTH_READING_YEARS = 1 / 365
/** Still failing, as far as anybody has said. */
const OPEN = statesThat((meaning) => meaning.open && (meaning.worked || meaning.waitsFor === 'cell'))

/**
 * One turn of the watch over test calls: hears what came, asks two networks where one call failed or a person reports, writes what they say
 * on the cases, and proposes what is too rare for chance. It proposes; it contradicts nobody and closes nothing.
 */
export function hearProbes(actor: MachineActor, now: Date): Promise<HeardProbes> {
  return asActor(actor, async (tx) => {
    await alone(tx, actor)
    const read = await readOn(tx, now)
    const bursts = await openBursts(tx, [...read.asked, ...(await reportsToTry(tx, now))], now)
    const decided = await decideBursts(tx, actor, now)
    for (const burst of decided) await tellCases(tx, actor, burst, now)
    const proposed = await weigh(tx, actor, read.watch, now)
    await keepMemory(tx, read)
    return { more: read.more, proposed, bursts, decided: decided.length }
  })
}

/** Essais de la machine: a test of the cell on each case that the burst speaks of; the promise and the state of the case stay. */
async function tellCases(tx: Tx, actor: MachineActor, burst: Decided, now: Date): Promise<void> {
  if (burst.byProbe.length === 0) return
  const rows = await tx
    .select({ id: cases.id, exerciseId: cases.exerciseId })
    .from(cases)
    .where(
      and(
        eq(cases.territoryCode, burst.territoryCode),
        sql`${burst.number} = any (${cases.numbers})`,
        sql`${cases.state} in ${OPEN}`,
        sql`${cases.exerciseId} is null`,
      ),
    )
    .limit(50)
  for (const row of rows) {
    const tests = burst.byProbe.map(({ operator, technology, tried, passed }) => ({
      ...{ operator, technology, tried, passed, number: burst.number, windowMin: 3, at: now },
    }))
    await addTests(tx, actor, row, tests as never, 'check', now, 'cell')
    await append(tx, actor, {
      ...{ chain: `case:${row.id}`, caseId: row.id, at: now, event: 'case.tested', visibility: 'internal' },
      data: { side: 'probe', passed: burst.passed ?? 0, tried: burst.tried ?? 0, number: burst.number },
    })
  }
}

async function weigh(tx: Tx, actor: MachineActor, watch: PooledWatch, now: Date): Promise<number[]> {
  const [rarest] = watch.standing()
  if (!rarest || rarest.years < WORTH_READING_YEARS || watch.memory.alarms[COUNTRY] !== undefined) return []
  const values = await correlationInForce(tx)
  const byThemselves = rarest.years >= values.probeDays / 365
  if (rarest.kind === 'probe') {
    // Its own access, or its operator there: said on the page, asked of nobody.
    if (byThemselves) watch.name(rarest, now.getTime())
    return []
  }
  const situation = await situationAt(tx, now, values)
  const { voices, expected } = await beside(tx, actor, situation, rarest, now)
  const together = fusedYears(rarest.years, voices.length, expected)
  const fused = voices.length > 0 && together >= values.activateDays / 365
  if (!byThemselves && !fused) return []
  const alarm = watch.name(rarest, now.getTime())
  return [await propose(tx, actor, situation, { alarm, voices, years: together }, values, now)]
}

/** People's voices in the scope of an alarm, and how many are usual there in that time. */
async function beside(tx: Tx, actor: MachineActor, situation: Situation, alarm: Alarm, now: Date) {
  const from = alarm.since - BESIDE_MS
  const scope = scopeOf(alarm)
  const voices = situation.facts
    .filter((fact) => fact.at >= from && fact.at <= now.getTime())
    .flatMap((fact) => heard(fact, situation.vitalNumbers) ?? [])
    .filter((voice) => !voice.outside && voice.scopes.some(({ key }) => key === scope.key))
  const { baseline } = await learntHere(tx, actor)
  return { voices, expected: usualAt(baseline, now.getTime()).weight(scope, from) }
}

function scopeOf({ kind, name }: Alarm): Scope {
  if (kind === 'country' || kind === 'probe') return COUNTRY_SCOPE
  return { kind, key: `${kind}:${name}`, name }
}

type Found = { alarm: Alarm; voices: Voice[]; years: number }

/**
 * Nationwide, a number, an operator, a network: a crisis is proposed, which only a person activates; a region is looked into until people
 * report it too. Silence activates only with two organisations behind it: machines alone wake no cell.
 */
async function propose(
  tx: Tx,
  actor: MachineActor,
  situation: Situation,
  { alarm, voices, years }: Found,
  values: CorrelationValues,
  now: Date,
): Promise<number> {
  const organisations = new Set(voices.map((voice) => voice.organisation)).size
  const level = alarm.kind === 'area' && organisations === 0 ? 'check' : 'crisis'
  const sure = level === 'crisis' && organisations >= 2 && years >= values.activateDays / 365
  const scope = scopeOf(alarm)
  const at = now.getTime()
  const episode: Episode = {
    ...{
      key: `probes:${scope.key.replace(':', ' ')}:${at}`,
      rule: 'probes',
      scope,
      reach: [scope.key],
      firedAt: at,
      heatAt: at,
    },
    start: Math.min(alarm.since, ...voices.map((voice) => voice.at)),
    ...{ sureAt: sure ? at : null, askedAgainAt: null, endedAt: null, years, finding: null },
    places: [...new Set(voices.map((voice) => voice.place.code))],
    voices: voices.map((voice) => voice.id),
  }
  const reason = {
    key: 'triggers.proposal.probes',
    values: {
      ...{
        kind: alarm.kind,
        scope: territoryName(alarm.name),
        failed: alarm.failed,
        calls: alarm.calls,
        organisations,
      },
      ...{ minutes: Math.round((at - alarm.since) / 60_000), ...onceIn(years) },
    },
  }
  const incidentId = await gatherEpisode(tx, actor, situation, episode, { id: null, reason }, now)
  const { voices: caseIds, endedAt: _, ...kept } = episode
  const [made] = await tx
    .insert(proposal)
    .values({
      ...{
        key: episode.key,
        exerciseId: null,
        rule: 'probes',
        level,
        firedAt: now,
        groupStart: new Date(episode.start),
        madeAt: now,
      },
      ...{ caseIds, reason, incidentId, episode: kept, sureAt: sure ? now : null },
    })
    .returning({ id: proposal.id })
  if (!made) throw new Error(`proposal ${episode.key} was not written`)
  await append(tx, actor, {
    ...{
      chain: 'proposals',
      at: now,
      event: 'proposal.made',
      visibility: 'internal',
      factAt: new Date(alarm.since),
    },
    ...(incidentId ? { incidentId } : {}),
    data: { proposalId: made.id, rule: 'probes', level, reason, caseIds, groupStart: episode.start },
  })
  return made.id
}
