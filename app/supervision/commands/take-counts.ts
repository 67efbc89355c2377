import { sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { done, type Result } from '#app/_doors/result.ts'
import { asActor } from '#db/transaction.ts'
import type { countsInput, Input } from '../input.ts'
import { type CountLine, judgeCount } from '../rules/count-line.ts'
import type { Taken } from './take-results.ts'

const AT_ONCE = 5_000

/** Windows of a switch: told again they are known, told otherwise the newer word stands; each bad line is named. */
export function takeCounts(
  actor: MachineActor,
  batch: Input<typeof countsInput>,
  now: Date,
): Promise<Result<Taken>> {
  return asActor(actor, async (tx) => {
    const kept: CountLine[] = []
    const refused: Taken['refused'] = []
    batch.counts.forEach((raw, index) => {
      const verdict = judgeCount(raw, now.getTime())
      if (verdict.ok) kept.push(verdict.count)
      else refused.push({ line: lineOf(raw) ?? index + 1, id: null, field: verdict.field, key: verdict.key })
    })
    const lines = batch.allOrNone && refused.length > 0 ? [] : onePerWindow(kept)
    let taken = 0
    for (let from = 0; from < lines.length; from += AT_ONCE) {
      const given = JSON.stringify(
        lines.slice(from, from + AT_ONCE).map((one) => ({
          ...one,
          from: new Date(one.from).toISOString(),
          to: new Date(one.to).toISOString(),
        })),
      )
      const [row] = await tx.execute<{ n: number }>(sql`
        with kept as (
          insert into switch_count (source, territory_code, number, from_at, to_at, attempts, seizures, answers, busy, no_answer, rejected, heard_at)
          select source, territory, number, "from", "to", attempts, seizures, answers, busy, "noAnswer", rejected, ${now.toISOString()}::timestamptz
          from jsonb_to_recordset(${given}::jsonb) as x (source text, territory text, number text, "from" timestamptz, "to" timestamptz,
            attempts int, seizures int, answers int, busy int, "noAnswer" int, rejected int) order by 2, 3, 1, 4
          on conflict (territory_code, number, source, from_at) do update set to_at = excluded.to_at, attempts = excluded.attempts,
            seizures = excluded.seizures, answers = excluded.answers, busy = excluded.busy, no_answer = excluded.no_answer,
            rejected = excluded.rejected, heard_at = excluded.heard_at
          where (switch_count.to_at, switch_count.attempts, switch_count.seizures, switch_count.answers, switch_count.busy, switch_count.no_answer, switch_count.rejected)
            is distinct from (excluded.to_at, excluded.attempts, excluded.seizures, excluded.answers, excluded.busy, excluded.no_answer, excluded.rejected)
          returning 1)
        select count(*)::int as n from kept`)
      taken += row?.n ?? 0
    }
    return done({ taken, known: lines.length - taken, refused })
  })
}

/** Of a window told twice in one batch the last word stands. */
function onePerWindow(lines: readonly CountLine[]): CountLine[] {
  return [
    ...new Map(
      lines.map((one) => [`${one.source}|${one.territory}|${one.number}|${one.from}`, one]),
    ).values(),
  ]
}

/** The line of the file it stood in. */
function lineOf(raw: unknown): number | null {
  const { line } = Object(raw) as { line?: unknown }
  return typeof line === 'number' ? line : null
}
