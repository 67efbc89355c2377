import { and, asc, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm'
import { cache } from 'react'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { placeOfCode } from '#app/incidents/rules/places.ts'
import { organisation } from '#db/schema/directory.ts'
import { fallback, fallbackTest } from '#db/schema/fallback.ts'
import { incident } from '#db/schema/incidents.ts'
import { territory } from '#db/schema/reference.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { STANDINGS, standingOf } from './rules/fallback.ts'

const MOST_SHOWN = 200

export async function listFallbacks(actor: AccountActor, now: Date) {
  const all = await asActor(actor, (tx) => readAll(tx, now))
  return all.sort((a, b) => STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing))
}

export async function readFallback(actor: AccountActor, id: number, now: Date) {
  return asActor(actor, async (tx) => {
    const [one] = await readAll(tx, now, eq(fallback.id, id))
    return (
      one && { ...one, mayLook: may(actor, 'fallbacks.look') || one.organisationId === actor.organisationId }
    )
  })
}

/** Those in the way of a case: its numbers, its territory or what holds it. */
export const fallbacksOfCase = cache(
  async (actor: AccountActor, one: { numbers: readonly string[]; territoryCode: string }, now: Date) => {
    const places = [one.territoryCode, ...(placeOfCode(one.territoryCode)?.parents ?? [])]
    const all = await asActor(actor, (tx) =>
      readAll(
        tx,
        now,
        and(inArray(fallback.covers, [...one.numbers]), inArray(fallback.territoryCode, places)),
      ),
    )
    return all.filter(({ standing }) => standing !== 'closed')
  },
)

/** Who may own one: every organisation of the directory in use. */
export function readOwners(actor: AccountActor) {
  return asActor(actor, (tx) =>
    tx
      .select({ id: organisation.id, name: organisation.name })
      .from(organisation)
      .where(and(eq(organisation.active, true), ne(organisation.kind, 'cell')))
      .orderBy(asc(organisation.name)),
  )
}

/** A case of its number, within its territory. */
const leans = sql`${fallback.covers} = any (c.numbers) and c.territory_code in (
  select code from territory where ${fallback.territoryCode} in (code, region_code, zone_code, 'FR'))`

async function readAll(tx: Tx, now: Date, which?: SQL) {
  const rows = await tx
    .select({
      one: fallback,
      organisation: organisation.name,
      territory: territory.name,
      incident: incident.reference,
      incidentState: incident.state,
      // What it stands in for works again: nobody there reports otherwise any more.
      failing: sql<boolean>`exists (select from cases c where ${leans} and app.is_open(c.state)
        and c.state not in ('restored', 'confirmed'))`,
      reported: sql<boolean>`exists (select from cases c where ${leans}
        and c.received_at > ${fallback.plannedAt} - interval '7 days')`,
    })
    .from(fallback)
    .leftJoin(organisation, eq(organisation.id, fallback.organisationId))
    .leftJoin(territory, eq(territory.code, fallback.territoryCode))
    .leftJoin(incident, eq(incident.id, fallback.incidentId))
    .where(which)
    .orderBy(sql`${fallback.state} = 'closed'`, desc(fallback.id))
    .limit(MOST_SHOWN)
  const ids = rows.map(({ one }) => one.id)
  const tests =
    ids.length === 0
      ? []
      : await tx
          .select()
          .from(fallbackTest)
          .where(inArray(fallbackTest.fallbackId, ids))
          .orderBy(asc(fallbackTest.id))
  return rows.map(({ one, failing, reported, incidentState, ...names }) => {
    const own = tests.filter((test) => test.fallbackId === one.id)
    const over = incidentState === null ? reported : !['suspected', 'confirmed'].includes(incidentState)
    return {
      ...one,
      ...names,
      organisation: names.organisation ?? '–',
      territory: names.territory ?? one.territoryCode,
      tests: own,
      standing: standingOf({ ...one, tests: own, restored: over && !failing }, now),
    }
  })
}

export type FallbackRead = Awaited<ReturnType<typeof readAll>>[number]
