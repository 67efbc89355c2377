import { type AccountActor, may } from '#app/_auth/actor.ts'
import type { Locale } from '#app/_i18n/locale.ts'
import { makeShared } from '#app/_live/shared.ts'
import { type Filters, filterQuery } from './filters.ts'
import { type Line, queueLines } from './lines.ts'
import { type Counts, countMine, readRows } from './query.ts'
import { type Place, writePlace } from './row.ts'

/** The queue as it is drawn anew: `at` is the server's present. */
export type QueueList = { at: string; lines: Line[]; counts: Counts; next: string | null }

type Asked = { filters: Filters; after: Place | null; locale: Locale; now: Date }

const shared = makeShared<Awaited<ReturnType<typeof drawn>>>()

/** For whoever may watch cases. Those of one role and world see the same rows: one reading serves all who ask for them. */
export async function readList(actor: AccountActor, asked: Asked): Promise<QueueList> {
  const [me, works] = [actor.accountId, may(actor, 'cases.work')]
  const key = listKey(actor, asked.filters, asked.after, asked.locale)
  // In everybody's words: nobody is "you".
  const {
    rows,
    mine: counted,
    ...list
  } = await shared({ key, actor, now: asked.now }, (people) => drawn(actor, people, NOBODY, asked))
  const own = rows.filter(({ holderId, assigneeId }) => holderId === me || assigneeId === me)
  const mine = new Map(
    (await queueLines(own, me, new Date(list.at), works)).map((line) => [line.reference, line]),
  )
  return {
    ...list,
    lines: mine.size > 0 ? list.lines.map((line) => mine.get(line.reference) ?? line) : list.lines,
    counts: { ...list.counts, mine: counted[me] ?? (await countMine(actor)) },
  }
}

/** The same, for one alone: what is searched is nobody else's. */
export async function searchList(actor: AccountActor, asked: Asked): Promise<QueueList> {
  const me = actor.accountId
  const { rows: _, mine, ...list } = await drawn(actor, [me], me, asked)
  return { ...list, counts: { ...list.counts, mine: mine[me] ?? 0 } }
}

async function drawn(actor: AccountActor, people: number[], you: number, asked: Asked) {
  const { filters, after, now } = asked
  const read = await readRows(actor, people, filters, after, now)
  return {
    ...read,
    at: now.toISOString(),
    lines: await queueLines(read.rows, you, now, may(actor, 'cases.work')),
  }
}

const NOBODY = 0

/** Two who share it may see the same and read it in the same words. */
export function listKey(actor: AccountActor, filters: Filters, after: Place | null, locale: Locale): string {
  return JSON.stringify([
    ...[actor.role, actor.exerciseId, locale],
    filters.mine ? actor.accountId : null,
    filterQuery(filters),
    after && writePlace(after),
  ])
}
