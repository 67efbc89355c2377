import { sql } from 'drizzle-orm'
import { machine } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'
import { CREW } from './crew.ts'
import { NOTICE_MIN } from './crew-authorities.ts'
import { owedReports } from './crew-reports.ts'

/**
 * Until when nothing happens in a world in which nobody speaks: the next deadline, the next task of the crew. Null when
 * nothing is awaited at all. A minute too early costs a look round; too late would be wrong, so whatever is in doubt is now.
 */
export async function quietUntil(
  exerciseId: number,
  crew: 'none' | 'standard',
  now: Date,
): Promise<Date | null> {
  const at = sql`${now.toISOString()}::timestamptz`
  const after = (column: string, minutes: number) =>
    sql`${sql.raw(column)} + make_interval(mins => ${sql.raw(String(minutes))})`
  const [[found], owed] = await asActor(machine('drill', exerciseId), async (tx) => [
    await tx.execute<{ until: string | null }>(sql`select least(
      (select min(at) from case_deadline),
      (select ${at} from notice_recipient where acknowledged_at is null and call_due_at is null limit 1),
      (select ${at} from proposal where level = 'crisis' and state = 'open' limit 1),
      (select ${at} from proposal where level = 'crisis' and state = 'accepted'
        and not exists (select from crisis where ended_at is null) limit 1),
      (select ${at} from crisis where ended_at is null and activated_at is null limit 1)
      ${
        crew === 'none'
          ? sql``
          : sql`,
      (select min(case when state = 'received' then ${after('received_at', CREW.acknowledgeMin)}
        else least(${after('next_contact_at', -CREW.updateBeforeMin)},
          case when check_due_at is not null then ${after('received_at', CREW.testMin)} end) end)
        from cases where app.is_open(state)),
      (select min(${after('fired_at', CREW.acceptMin)}) from proposal where state = 'open'),
      (select min(${after('activated_at', NOTICE_MIN)}) from crisis where ended_at is null and first_notice_at is null),
      (select ${at} from notice_recipient where acknowledged_at is null limit 1)`
      }) as until`),
    crew === 'none' ? [] : await owedReports(tx),
  ])
  const all = [...(found?.until ? [new Date(found.until)] : []), ...owed.map((one) => one.startAt)]
  return all.reduce<Date | null>((first, one) => (first === null || one < first ? one : first), null)
}
