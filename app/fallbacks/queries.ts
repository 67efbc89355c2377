import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { organisation } from '#db/schema/directory.ts'
import { fallback, fallbackTest } from '#db/schema/fallback.ts'
import { incident } from '#db/schema/incidents.ts'
import { territory } from '#db/schema/reference.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { type STANDINGS, standingOf } from './rules/fallback.ts'

const MOST_SHOWN = 200

/** Those that ask for something first: forgotten, failing, past their end; then in service, planned, closed. */
const ORDER: readonly (typeof STANDINGS)[number][] = [
  ...(['forgotten', 'failing', 'overdue', 'ending', 'active', 'planned', 'closed'] as const),
]

export async function listFallbacks(actor: AccountActor, now: Date) {
  const all = await asActor(actor, (tx) => readAll(tx, now))
  return all.sort((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing))
}

export async function readFallback(actor: AccountActor, id: number, now: Date) {
  return asActor(actor, async (tx) => {
    const [one] = await readAll(tx, now, id)
    return (
      one && { ...one, mayLook: may(actor, 'fallbacks.look') || one.organisationId === actor.organisationId }
    )
  })
}

/** Those in the way of a case: its numbers, its territory or what holds it. */
export async function fallbacksOfCase(
  actor: AccountActor,
  one: { numbers: readonly string[]; territoryCode: string },
  now: Date,
) {
  const all = await asActor(actor, (tx) => readAll(tx, now))
  const held = await asActor(actor, (tx) =>
    tx
      .select({ region: territory.regionCode, zone: territory.zoneCode })
      .from(territory)
      .where(eq(territory.code, one.territoryCode)),
  )
  const places = [one.territoryCode, held[0]?.region, held[0]?.zone, 'FR']
  return all.filter(
    (row) =>
      row.standing !== 'closed' && one.numbers.includes(row.covers) && places.includes(row.territoryCode),
  )
}

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

/** Those that a probe may call: open, and agreed with their owner. */
export function probedFallbacks(tx: Tx) {
  return tx
    .select({ id: fallback.id, covers: fallback.covers, territoryCode: fallback.territoryCode })
    .from(fallback)
    .where(sql`${fallback.state} = 'open' and ${fallback.probed}`)
}

async function readAll(tx: Tx, now: Date, only?: number) {
  const rows = await tx
    .select({
      one: fallback,
      organisation: organisation.name,
      territory: territory.name,
      incident: incident.reference,
      incidentState: incident.state,
      // What it stands in for works again: nobody there reports otherwise any more.
      failing: sql<boolean>`exists (select from cases c where ${fallback.covers} = any (c.numbers) and app.is_open(c.state)
        and c.state not in ('restored', 'confirmed') and c.territory_code in (
          select code from territory where ${fallback.territoryCode} in (code, region_code, zone_code, 'FR')))`,
      reported: sql<boolean>`exists (select from cases c where ${fallback.covers} = any (c.numbers)
        and c.received_at > ${fallback.plannedAt} - interval '7 days' and c.territory_code in (
          select code from territory where ${fallback.territoryCode} in (code, region_code, zone_code, 'FR')))`,
    })
    .from(fallback)
    .leftJoin(organisation, eq(organisation.id, fallback.organisationId))
    .leftJoin(territory, eq(territory.code, fallback.territoryCode))
    .leftJoin(incident, eq(incident.id, fallback.incidentId))
    .where(only === undefined ? undefined : eq(fallback.id, only))
    .orderBy(desc(fallback.id))
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
    const restored =
      incidentState !== null
        ? !['suspected', 'confirmed'].includes(incidentState) && !failing
        : reported && !failing
    return {
      ...one,
      ...names,
      organisation: names.organisation ?? '–',
      territory: names.territory ?? one.territoryCode,
      tests: own,
      standing: standingOf({ ...one, tests: own, restored }, now),
    }
  })
}

export type FallbackRead = Awaited<ReturnType<typeof readAll>>[number]
