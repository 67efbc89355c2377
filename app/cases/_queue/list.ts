import { type AccountActor, may } from '#app/_auth/actor.ts'
import type { Locale } from '#app/_i18n/locale.ts'
import { makeTogether } from '#app/_live/together.ts'
import { type Filters, filterQuery } from './filters.ts'
import { type Line, queueLines } from './lines.ts'
import { type Counts, type QueueRows, readRows } from './query.ts'
import { type Place, writePlace } from './row.ts'

/** The queue as it is drawn anew: `at` is the server's present. */
export type QueueList = { at: string; lines: Line[]; counts: Counts; next: string | null }

type Shared = QueueRows & { lines: Line[]; now: Date }

const together = makeTogether<number, Shared>()

/** For whoever may watch cases. Those of one role and world see the same rows: one reading serves all who ask at once. */
export async function readList(
  actor: AccountActor,
  { filters, after, locale, now }: { filters: Filters; after: Place | null; locale: Locale; now: Date },
): Promise<QueueList> {
  const [me, works] = [actor.accountId, may(actor, 'cases.work')]
  const { rows, lines, ...read } = await together(
    listKey(actor, filters, after, locale),
    me,
    async (people) => {
      const found = await readRows(actor, people, filters, after, now)
      // In everybody's words: nobody is "you".
      return { ...found, now, lines: await queueLines(found.rows, NOBODY, now, works) }
    },
  )
  const own = rows.filter(({ holderId, assigneeId }) => holderId === me || assigneeId === me)
  const mine = new Map((await queueLines(own, me, read.now, works)).map((line) => [line.reference, line]))
  return {
    at: read.now.toISOString(),
    lines: mine.size > 0 ? lines.map((line) => mine.get(line.reference) ?? line) : lines,
    counts: { ...read.counts, mine: read.mine[me] ?? 0 },
    next: read.next,
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
