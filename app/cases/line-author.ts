import { type SQL, sql } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { ACTS_FROM, authorityOf } from './rules/reporter-shown.ts'

/** `showsReporter` for many cases `k` at once, asked of the database. */
export function showsReporterOf(actor: AccountActor, k: SQL): SQL {
  if (may(actor, 'cases.work')) return sql`true`
  const authority = authorityOf(actor.territories)
  const acts = authority
    ? sql`app.is_open(${k}.state) and ${k}.level >= ${ACTS_FROM[authority]}::int`
    : sql`false`
  return sql`coalesce(${k}.organisation_id = ${actor.organisationId}::bigint or ${acts}, false)`
}

/** Who wrote a line `j` of the case `k`, as this reader is told: `withoutName` for many lines at once. */
export function authorOf(actor: AccountActor, j: SQL, k: SQL): SQL {
  return sql`case when ${j}.actor_side = 'reporter' and not ${showsReporterOf(actor, k)}
    then coalesce((select o.name from organisation o where o.id = ${k}.organisation_id), '–') else ${j}.actor_name end`
}
