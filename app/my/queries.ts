import { and, arrayContains, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { factsOf, viewerOf } from '#app/cases/commands/change.ts'
import { filesOf } from '#app/cases/files.ts'
import { showsReporter, withoutName } from '#app/cases/rules/reporter-shown.ts'
import { isOpen } from '#app/cases/rules/states.ts'
import { communesByCode } from '#app/directory/communes.ts'
import { cases, caseTest, type Level } from '#db/schema/cases.ts'
import { contact, organisation, site } from '#db/schema/directory.ts'
import { journal } from '#db/schema/journal.ts'
import { emergencyNumber, territory } from '#db/schema/reference.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { Cursor } from './cursor.ts'
import type { Filters, Scope } from './filters.ts'

export const PAGE_SIZE = 25

export type ListedCase = Awaited<ReturnType<typeof readSome>>[number]
export type SeenCase = NonNullable<Awaited<ReturnType<typeof readCase>>>

/**
 * Open cases first, then the others, each the newest first; policies say which ones exist for this person. A territory is read
 * by what is late, then by what is grave: its open cases stand on the first pages, a hundred on each.
 */
export function listCases(actor: AccountActor, filters: Filters, from: Cursor | null, now: Date) {
  return asActor(actor, async (tx) => {
    const worst = from === null ? 0 : 'worst' in from ? from.worst : null
    if (filters.scope === 'territory' && filters.standing !== 'over' && worst !== null) {
      const rows = await readWorst(tx, actor, filters, worst, now)
      const others = filters.standing === null ? THE_OTHERS : null
      const next: Cursor | null = rows.length > MOST_OPEN ? { worst: worst + MOST_OPEN } : others
      return { rows: rows.slice(0, MOST_OPEN), next }
    }
    const after = from && 'at' in from ? from : null
    const wanted = PAGE_SIZE + 1
    const open =
      (after && !after.open) || filters.standing === 'over'
        ? []
        : await readSome(tx, actor, filters, true, after?.open ? after : null, wanted, now)
    const others =
      open.length >= wanted || (filters.standing !== null && filters.standing !== 'over')
        ? []
        : await readSome(
            tx,
            actor,
            filters,
            false,
            after && !after.open ? after : null,
            wanted - open.length,
            now,
          )
    const all = [...open, ...others]
    const rows = all.slice(0, PAGE_SIZE)
    const last = rows.at(-1)
    const next: Cursor | null =
      all.length > PAGE_SIZE && last
        ? { open: rows.length <= open.length, at: last.receivedAt, id: last.id }
        : null
    return { rows, next }
  })
}

/** On one page of a territory, the worst first. */
export const MOST_OPEN = 100
/** After the open ones: before the oldest of time to come, those that are over. */
const THE_OTHERS = { open: false, at: new Date('2100-01-01T00:00:00Z'), id: 999_999_999_999 }

function readWorst(tx: Tx, actor: AccountActor, filters: Filters, from: number, now: Date) {
  return chosen(tx, actor, filters, sql`app.is_open(${cases.state})`, now)
    .orderBy(sql`${isLate(now)} desc`, desc(cases.level), asc(cases.nextContactAt), desc(cases.id))
    .offset(from)
    .limit(MOST_OPEN + 1)
}

function readSome(
  tx: Tx,
  actor: AccountActor,
  filters: Filters,
  open: boolean,
  after: { at: Date; id: number } | null,
  limit: number,
  now: Date,
) {
  const which = and(
    open ? sql`app.is_open(${cases.state})` : sql`not app.is_open(${cases.state})`,
    after
      ? sql`(${cases.receivedAt}, ${cases.id}) < (${after.at.toISOString()}::timestamptz, ${after.id})`
      : undefined,
  )
  return chosen(tx, actor, filters, which, now).orderBy(desc(cases.receivedAt), desc(cases.id)).limit(limit)
}

function chosen(
  tx: Tx,
  actor: AccountActor,
  { scope, standing, level, number }: Filters,
  which: SQL | undefined,
  now: Date,
) {
  return tx
    .select({
      id: cases.id,
      reference: cases.reference,
      state: cases.state,
      level: cases.level,
      numbers: cases.numbers,
      symptom: cases.symptom,
      receivedAt: cases.receivedAt,
      nextContactAt: cases.nextContactAt,
      organisation: organisation.name,
      territory: territory.name,
      timeZone: territory.timeZone,
    })
    .from(cases)
    .leftJoin(territory, eq(territory.code, cases.territoryCode))
    .leftJoin(organisation, eq(organisation.id, cases.organisationId))
    .where(
      and(
        inScope(actor, scope),
        which,
        standing === 'late' ? isLate(now) : undefined,
        level ? eq(cases.level, level) : undefined,
        number ? arrayContains(cases.numbers, [number]) : undefined,
      ),
    )
    .$dynamic()
}

function isLate(now: Date): SQL {
  return sql`coalesce(${cases.nextContactAt} < ${now.toISOString()}::timestamptz, false)`
}

export type NumberOfTerritory = {
  number: string
  open: number
  late: number
  level: Level
  since: string
  places: number
}

/** The open cases of a territory by number, the worst first: what an authority asks before anything else. */
export function readByNumber(actor: AccountActor, now: Date) {
  return asActor(actor, (tx) =>
    tx.execute<NumberOfTerritory>(sql`select n.number, count(*)::int as open, count(*) filter (where ${isLate(now)})::int as late,
        max(${cases.level})::int as level, min(${cases.receivedAt}) as since, count(distinct ${cases.territoryCode})::int as places
      from ${cases} cross join unnest(${cases.numbers}) as n (number)
      where ${inScope(actor, 'territory') ?? sql`true`} and app.is_open(${cases.state})
        and ${cases.symptom} <> 'NONE'
      group by n.number order by level desc, late desc, open desc, n.number`),
  )
}

// The policies already say so; said again here, an index can follow it.
function inScope(actor: AccountActor, scope: Scope): SQL | undefined {
  if (scope === 'own') return eq(cases.organisationId, actor.organisationId ?? -1)
  return actor.territories.includes('FR') ? undefined : inArray(cases.territoryCode, actor.territories)
}

export function caseExists(actor: AccountActor, reference: string): Promise<boolean> {
  return asActor(actor, async (tx) => {
    const found = await tx.select({ id: cases.id }).from(cases).where(eq(cases.reference, reference))
    return found.length > 0
  })
}

/** What is read aloud at the end of a call. */
export function readSentCase(actor: AccountActor, reference: string) {
  return asActor(actor, async (tx) => {
    const [found] = await tx
      .select({
        reference: cases.reference,
        nextContactAt: cases.nextContactAt,
        verification: cases.verification,
        timeZone: territory.timeZone,
      })
      .from(cases)
      .leftJoin(territory, eq(territory.code, cases.territoryCode))
      .where(eq(cases.reference, reference))
    return found ?? null
  })
}

/** A case as its reporter or an authority of its territory may see it: public lines only. Null: absent or not theirs, alike. */
export function readCase(actor: AccountActor, reference: string, now: Date) {
  return asActor(actor, async (tx) => {
    const [found] = await tx
      .select({
        row: cases,
        organisation: organisation.name,
        kind: organisation.kind,
        territory: territory.name,
        timeZone: territory.timeZone,
        site: site.name,
        vital: sql<boolean>`exists (select from ${emergencyNumber} n where n.number = any (${cases.numbers}) and n.vital)`,
      })
      .from(cases)
      .leftJoin(territory, eq(territory.code, cases.territoryCode))
      .leftJoin(organisation, eq(organisation.id, cases.organisationId))
      .leftJoin(site, eq(site.id, cases.siteId))
      .where(eq(cases.reference, reference))
    if (!found) return null
    const { row } = found
    // Sent together down one connection: one round trip.
    const [tests, lines, communes, contacts, files] = await Promise.all([
      tx
        .select()
        .from(caseTest)
        .where(eq(caseTest.caseId, row.id))
        .orderBy(asc(caseTest.at), asc(caseTest.id)),
      tx
        .select({
          id: journal.id,
          at: journal.at,
          factAt: journal.factAt,
          side: journal.actorSide,
          byId: journal.actorId,
          who: journal.actorName,
          event: journal.event,
          text: journal.text,
          data: journal.data,
        })
        .from(journal)
        .where(and(eq(journal.caseId, row.id), eq(journal.visibility, 'public')))
        .orderBy(desc(journal.id))
        .limit(200),
      communesByCode(tx, row.communeCodes),
      tx
        .select({ phone: contact.phone })
        .from(contact)
        .where(and(eq(contact.organisationId, row.organisationId ?? -1), eq(contact.active, true))),
      filesOf(tx, row.id),
    ])
    const viewer = viewerOf(actor, row)
    const shown = showsReporter(
      { ...viewer, atTheCell: viewer.works, territories: actor.territories },
      { level: row.level, open: isOpen(row.state) },
    )
    return {
      ...found,
      ...(shown ? {} : { row: { ...row, reporterName: null, callbackPhone: null } }),
      tests,
      lines: shown ? lines : lines.map((line) => withoutName(line, found.organisation)),
      communes,
      files,
      phones: contacts.flatMap(({ phone }) => phone ?? []),
      facts: factsOf(row, found.vital, found.timeZone ?? 'Europe/Paris', now),
      viewer,
    }
  })
}
