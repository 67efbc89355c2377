import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { incident, proposal } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'
import type { Situation } from '../facts.ts'
import { learntHere } from '../learnt.ts'
import { heard, type Voice } from '../rules/heard.ts'
import { instants, type Learnt } from '../rules/learning.ts'
import { outgrows } from '../rules/outgrown.ts'
import { sentenceOf } from '../rules/sentence.ts'
import { type CorrelationValues, watchLimits } from '../rules/thresholds.ts'
import { type Episode, QUIET_MS, Watch } from '../rules/watch.ts'
import { gatherEpisode } from './gather.ts'

type Row = typeof proposal.$inferSelect
type Kept = Omit<Episode, 'voices' | 'endedAt'>

export type Listened = { proposed: number[]; reopened: number[] }

/** What has been cool for two days is over whatever it was; what is still asked is remembered until it is answered or lapses. */
const REMEMBERED_MS = 48 * 3_600_000

/**
 * Hears what is new of the situation: proposes what is unusual, refreshes what was proposed as its facts grow, and asks again
 * what was refused or explained away when news comes.
 */
export async function hearNews(
  tx: Tx,
  actor: MachineActor,
  situation: Situation,
  values: CorrelationValues,
  now: Date,
): Promise<Listened> {
  const limits = watchLimits(values)
  const rows = await tx
    .select({ row: proposal, restoredAt: incident.restoredAt, closedAt: incident.closedAt })
    .from(proposal)
    .leftJoin(incident, eq(incident.id, proposal.incidentId))
    .where(
      and(
        isNotNull(proposal.episode),
        or(
          eq(proposal.state, 'open'),
          sql`(${proposal.episode} ->> 'heatAt')::float8 >= ${now.getTime() - REMEMBERED_MS}`,
        ),
      ),
    )
    .orderBy(proposal.id)
    // Written back below: nobody answers in between.
    .for('update', { of: proposal })
  const known = new Map(rows.map(({ row }) => [row.key, row]))
  const watch = new Watch(rows.map(({ row, ...over }) => episodeOf(row, over)))
  const before = new Map(watch.episodes.map((one) => [one.key, JSON.stringify(one)]))
  const learnt = await learntHere(tx, actor)
  listen(watch, situation, learnt, limits, now)
  const listened: Listened = { proposed: [], reopened: [] }
  for (const episode of watch.episodes) {
    if (before.get(episode.key) === JSON.stringify(episode)) continue
    const row = known.get(episode.key)
    // What test calls say is said by whoever hears them (hear-probes.ts).
    const reason =
      episode.rule === 'probes' && row
        ? row.reason
        : sentenceOf(episode, watch.voicesIn(episode), learnt, limits)
    if (!row) {
      const made = await propose(tx, actor, situation, episode, reason, now)
      listened.proposed.push(made)
    } else if (await refresh(tx, actor, situation, row, episode, reason, watch, now))
      listened.reopened.push(row.id)
  }
  await lapse(
    tx,
    actor,
    rows.map(({ row }) => row),
    watch.episodes,
    now,
  )
  return listened
}

/** Voices judged before are remembered; from the first new one on, each instant is judged with all that is known of it. */
function listen(
  watch: Watch,
  situation: Situation,
  { baseline, tails }: Learnt,
  limits: ReturnType<typeof watchLimits>,
  now: Date,
): void {
  const voices = situation.facts
    .filter((fact) => fact.at <= now.getTime())
    .sort((a, b) => a.at - b.at)
    .flatMap((fact) => heard(fact, situation.vitalNumbers) ?? [])
  const first = Math.min(...voices.filter((voice) => situation.unread.has(voice.id)).map((voice) => voice.at))
  watch.recall(voices.filter((voice) => voice.at < first))
  if (!Number.isFinite(first)) return
  const fresh: Voice[] = voices.filter((voice) => voice.at >= first)
  for (const [at, news] of instants(fresh)) watch.hear(at, news, baseline, tails, limits)
}

function episodeOf(row: Row, over: { restoredAt: Date | null; closedAt: Date | null }): Episode {
  const kept = row.episode as unknown as Kept
  const ended = over.restoredAt ?? over.closedAt ?? (row.state === 'lapsed' ? row.decidedAt : null)
  return { ...kept, voices: row.caseIds, endedAt: ended?.getTime() ?? null }
}

function kept({ voices: _, endedAt: __, ...rest }: Episode): Record<string, unknown> {
  return rest
}

async function propose(
  tx: Tx,
  actor: MachineActor,
  situation: Situation,
  episode: Episode,
  reason: Row['reason'],
  now: Date,
): Promise<number> {
  const incidentId = await gatherEpisode(tx, actor, situation, episode, { id: null, reason }, now)
  const [written] = await tx
    .insert(proposal)
    .values({
      ...{ key: episode.key, exerciseId: actor.exerciseId, rule: episode.rule, level: 'crisis' },
      ...{ firedAt: new Date(episode.firedAt), groupStart: new Date(episode.start), madeAt: now },
      ...{ caseIds: episode.voices, reason, incidentId, episode: kept(episode) },
      sureAt: instantOf(episode.sureAt),
    })
    .returning({ id: proposal.id })
  if (!written) throw new Error(`proposal ${episode.key} was not written`)
  await append(tx, actor, {
    ...{ chain: 'proposals', at: now, event: 'proposal.made', visibility: 'internal' },
    ...(incidentId ? { incidentId } : {}),
    factAt: new Date(episode.firedAt),
    data: {
      ...{ proposalId: written.id, rule: episode.rule, level: 'crisis', reason, caseIds: episode.voices },
      groupStart: episode.start,
    },
  })
  return written.id
}

/** The facts grew: its sentence is said anew, its incident takes what joined. True when people are asked again. */
async function refresh(
  tx: Tx,
  actor: MachineActor,
  situation: Situation,
  row: Row,
  episode: Episode,
  reason: Row['reason'],
  watch: Watch,
  now: Date,
): Promise<boolean> {
  const again = newsFor(row, episode, watch)
  const sure = row.sureAt === null && episode.sureAt !== null
  await tx
    .update(proposal)
    .set({
      ...{ caseIds: episode.voices, reason, episode: kept(episode), sureAt: instantOf(episode.sureAt) },
      groupStart: new Date(Math.min(row.groupStart.getTime(), episode.start)),
      ...(again === null
        ? {}
        : {
            ...{ state: 'open', reopenedAt: new Date(again), version: row.version + 1, outsideCause: null },
            // Its refusal stands in the journal; beside the question it would answer for those who are asked now.
            ...{ decidedAt: null, decidedById: null, decidedByName: null, decisionReason: null },
          }),
    } satisfies Partial<typeof proposal.$inferInsert>)
    .where(eq(proposal.id, row.id))
  if (row.state === 'open' || row.state === 'accepted' || again !== null)
    await gatherEpisode(tx, actor, situation, episode, { id: row.incidentId, reason }, now)
  const line = {
    chain: 'proposals',
    at: now,
    visibility: 'internal',
    ...(row.incidentId ? { incidentId: row.incidentId } : {}),
    data: { proposalId: row.id, rule: row.rule, level: row.level, reason, caseIds: episode.voices },
  } as const
  if (again !== null) await append(tx, actor, { ...line, event: 'proposal.reopened' })
  else if (sure && row.state === 'open') await append(tx, actor, { ...line, event: 'proposal.sure' })
  return again !== null
}

/**
 * When people are asked again: a refused one at the first report of somebody who had not spoken; one explained from outside
 * when it outgrows the cause; an answered one when it flares up after it had cooled.
 */
function newsFor(row: Row, episode: Episode, watch: Watch): number | null {
  const decidedAt = row.decidedAt?.getTime()
  if (row.state === 'open' || decidedAt === undefined) return null
  const voices = watch.voicesIn(episode)
  const said = new Set(voices.filter((voice) => voice.at <= decidedAt).map((voice) => voice.organisation))
  const news = voices
    .filter((voice) => voice.at > decidedAt && !said.has(voice.organisation))
    .map((voice) => voice.at)
  const flared =
    episode.askedAgainAt !== null && episode.askedAgainAt > decidedAt ? episode.askedAgainAt : null
  switch (row.state) {
    case 'declined':
      return news.length > 0 ? Math.min(...news) : null
    case 'watched':
      return episode.watched && outgrows(episode.watched, { places: episode.places.length })
        ? Math.max(...voices.map((voice) => voice.at))
        : null
    case 'accepted':
    case 'lapsed':
      return flared
  }
}

/** Nobody answered, silence was not enough, and it has been quiet for twelve hours: it lapses, and says so. */
async function lapse(
  tx: Tx,
  actor: MachineActor,
  rows: Row[],
  episodes: readonly Episode[],
  now: Date,
): Promise<void> {
  const quiet = rows.filter((row) => {
    const episode = episodes.find((one) => one.key === row.key)
    return (
      row.state === 'open' && episode && episode.sureAt === null && now.getTime() - episode.heatAt > QUIET_MS
    )
  })
  if (quiet.length === 0) return
  const lapsed = await tx
    .update(proposal)
    .set({
      ...{ state: 'lapsed', decidedAt: now, decidedByName: actor.name },
      version: sql`${proposal.version} + 1`,
    })
    .where(
      and(
        eq(proposal.state, 'open'),
        inArray(
          proposal.id,
          quiet.map((row) => row.id),
        ),
      ),
    )
    .returning()
  for (const row of lapsed)
    await append(tx, actor, {
      ...{ chain: 'proposals', at: now, event: 'proposal.lapsed', visibility: 'internal' },
      ...(row.incidentId ? { incidentId: row.incidentId } : {}),
      data: { proposalId: row.id, rule: row.rule, level: row.level, caseIds: row.caseIds },
    })
}

function instantOf(at: number | null): Date | null {
  return at === null ? null : new Date(at)
}
