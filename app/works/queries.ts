import { sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'
import { PHASES, type Phase } from './rules/works-line.ts'

export type WorksLine = {
  id: number
  reference: string
  operator: string
  title: string
  territories: string[]
  numbers: string[]
  network: string | null
  from: string
  to: string
  contact: string | null
  wayBack: string | null
  /** Test calls there, before, during and after. */
  tests: Record<Phase, { tried: number; passed: number }>
}

/** Do works `w` touch the territory `t`: as itself, its region, its zone or the country. */
export const TOUCHES = sql`w.territories && array[t.code, t.region_code, t.zone_code, 'FR']`

const LINE = sql`w.id::int as id, w.reference, w.operator, w.title, w.territories, w.numbers, w.network, w.from_at as "from", w.to_at as "to", w.contact,
  w.way_back as "wayBack"`

/** The calendar: what lies ahead, what is under way, what ended in the last two days. */
export function readWorks(actor: AccountActor, now: Date): Promise<WorksLine[]> {
  const at = sql`${now.toISOString()}::timestamptz`
  const tests = PHASES.map((phase) => {
    const { from, to } = {
      before: { from: "w.from_at - interval '1 hour'", to: 'w.from_at' },
      during: { from: 'w.from_at', to: 'w.to_at' },
      after: { from: 'w.to_at', to: "w.to_at + interval '1 hour'" },
    }[phase]
    return sql`${sql.raw(`'${phase}'`)}, (select jsonb_build_object('tried', coalesce(sum(p.tried), 0), 'passed', coalesce(sum(p.answered + p.reached), 0))
      from probe_window p join territory t on t.code = p.territory_code where p.number = any (w.numbers) and ${TOUCHES}
        and p.from_at >= date_bin('5 minutes', ${sql.raw(from)}, 'epoch') and p.from_at < ${sql.raw(to)})`
  })
  return asActor(actor, async (tx) => [
    ...(await tx.execute<WorksLine>(sql`
      select ${LINE}, jsonb_build_object(${sql.join(tests, sql`, `)}) as tests from works w
      where w.cancelled_at is null and w.to_at > ${at} - interval '2 days' order by w.from_at, w.id limit 200`)),
  ])
}

export type WorksHere = Omit<WorksLine, 'tests'> & { underWay: boolean }

/** Works that touch a place around this hour: under way, begun within the day before, or about to begin. */
export function readWorksHere(
  actor: AccountActor,
  territories: readonly string[],
  numbers: readonly string[],
  at: Date,
): Promise<WorksHere[]> {
  const now = sql`${at.toISOString()}::timestamptz`
  const of = sql`${`{${numbers.filter((one) => /^\d+$/.test(one)).join(',')}}`}::text[]`
  return asActor(actor, async (tx) => [
    ...(await tx.execute<WorksHere>(sql`
      select ${LINE}, w.from_at <= ${now} and w.to_at > ${now} as "underWay" from works w
      where w.cancelled_at is null and w.from_at <= ${now} + interval '2 hours' and w.to_at > ${now} - interval '24 hours' 
        and exists (select from territory t where t.code in (select jsonb_array_elements_text(${JSON.stringify(territories)}::jsonb)) and ${TOUCHES})
        and (cardinality(w.numbers) = 0 or cardinality(${of}) = 0 or w.numbers && ${of})
      order by "underWay" desc, w.from_at desc limit 5`)),
  ])
}
