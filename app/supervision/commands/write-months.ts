import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { csvText } from '#app/_doors/csv.ts'
import { asActor } from '#db/transaction.ts'
import { ratesOf } from '../rules/rates.ts'

type Month = {
  month: string
  territoryCode: string
  territory: string
  number: string
  source: string
  fromAt: string
  toAt: string
  attempts: number
  seizures: number
  answers: number
  effective: number
}

const COLUMNS = [
  ...['month', 'territory_code', 'territory', 'number', 'source', 'from', 'to'],
  ...['attempts', 'seizures', 'answers', 'effective', 'asr', 'ner'],
]

/**
 * Statistiques mensuelles pour l'autorité, as an open file: what each switch counted of each number and territory in this month, and in the
 * one before, which the first night of a month completes. One line a source: two that count the same calls are never added up.
 */
export async function writeMonths(actor: MachineActor, now: Date): Promise<void> {
  const rows = await asActor(actor, (tx) =>
    tx.execute<Month>(sql`
      select to_char(c.month, 'YYYY-MM') as month, c.territory_code as "territoryCode", coalesce(t.name, c.territory_code) as territory,
        c.number, c.source, to_json(min(c.from_at)) #>> '{}' as "fromAt", to_json(max(c.to_at)) #>> '{}' as "toAt",
        sum(c.attempts)::float8 as attempts, sum(c.seizures)::float8 as seizures, sum(c.answers)::float8 as answers,
        sum(c.answers + c.busy + c.no_answer + c.rejected)::float8 as effective
      from (select *, date_trunc('month', from_at at time zone 'Europe/Paris') as month from switch_count where from_at <= ${at(now)}) c
        left join territory t on t.code = c.territory_code
      where c.month >= date_trunc('month', ${at(now)} at time zone 'Europe/Paris') - interval '1 month'
      group by 1, 2, 3, 4, 5 order by 1, 2, 4, 5`),
  )
  const folder = statisticsFolder()
  await mkdir(folder, { recursive: true })
  for (const [month, of] of Map.groupBy(rows, (row) => row.month)) {
    const fresh = join(folder, `.${month}.${process.pid}`)
    await writeFile(fresh, csvText([COLUMNS, ...of.map(lineOf)]))
    // Whole or not at all, for whoever takes it at that moment.
    await rename(fresh, join(folder, `statistics-${month}.csv`))
  }
}

function lineOf(row: Month): (string | number | null)[] {
  const { asr, ner } = ratesOf({ seized: row.seizures, answered: row.answers, effective: row.effective })
  const rate = (value: number | null) => (value === null ? null : Math.round(value * 10_000) / 10_000)
  return [
    ...[row.month, row.territoryCode, row.territory, row.number, row.source, row.fromAt, row.toAt],
    ...[row.attempts, row.seizures, row.answers, row.effective, rate(asr), rate(ner)],
  ]
}

function at(now: Date) {
  return sql`${now.toISOString()}::timestamptz`
}

function statisticsFolder(): string {
  return resolve(process.env.STATISTICS_DIR || join(process.env.PERMANENCE_DATA_DIR || '.data', 'statistics'))
}
