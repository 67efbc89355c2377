import { and, asc, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { type AccountActor, sideOf } from '#app/_auth/actor.ts'
import { viewerOf } from '#app/cases/commands/change.ts'
import { readReference } from '#app/cases/rules/reference-number.ts'
import { showsReporter, withoutName } from '#app/cases/rules/reporter-shown.ts'
import { isOpen } from '#app/cases/rules/states.ts'
import { account } from '#db/schema/account.ts'
import { cases, caseTest } from '#db/schema/cases.ts'
import { organisation } from '#db/schema/directory.ts'
import { journal } from '#db/schema/journal.ts'
import { territory } from '#db/schema/reference.ts'
import { ticket } from '#db/schema/ticket.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { conditionOf, type Filter } from './filters.ts'

export type SeenTicket = Awaited<ReturnType<typeof readRows>>[number] & Beside
type Beside = Awaited<ReturnType<typeof besideOf>> extends Map<number, infer One> ? One : never

type Asked = { offset: number; limit: number; filters?: Filter[]; sort?: 'creationDate' | '-creationDate' }

/** Newest first; policies say which exist for this token. */
export function listTickets(actor: AccountActor, { offset, limit, filters = [], sort }: Asked) {
  return asActor(actor, async (tx) => {
    const which = and(
      ...filters.map((filter) => conditionOf(filter, actor)),
      stillThere(actor),
      // Said again beside the policy, so that an index can follow it.
      actor.territories.length === 0 && sideOf(actor) === 'reporter'
        ? eq(cases.organisationId, actor.organisationId ?? -1)
        : undefined,
    )
    const [rows, [all]] = await Promise.all([
      readRows(tx, which, limit, offset, sort === 'creationDate' ? asc : desc),
      tx.select({ total: count() }).from(cases).where(which),
    ])
    return { tickets: await withBeside(tx, actor, rows), total: all?.total ?? 0 }
  })
}

/** `locked`: nobody changes it until the transaction ends, so that what is compared is what is changed. */
export function readTicket(
  actor: AccountActor,
  reference: string,
  { locked = false } = {},
): Promise<SeenTicket | null> {
  // Of any other shape there is none.
  if (readReference(reference) !== reference) return Promise.resolve(null)
  return asActor(actor, async (tx) => {
    if (locked)
      await tx.select({ id: cases.id }).from(cases).where(eq(cases.reference, reference)).for('update')
    const which = and(eq(cases.reference, reference), stillThere(actor))
    const [one] = await withBeside(tx, actor, await readRows(tx, which, 1, 0))
    return one ?? null
  })
}

/** In an exercise a ticket may have been deleted: its journal says so, and for machines there is none any more. */
function stillThere(actor: AccountActor): SQL | undefined {
  if (actor.exerciseId === null) return undefined
  return sql`(${cases.state} <> 'out_of_scope' or not exists (select from ${journal}
    where ${journal.caseId} = ${cases.id} and ${journal.event} = 'case.withdrawn'))`
}

/** Where this account reports from, unless it says otherwise, and the number the directory calls back. */
export function readSender(actor: AccountActor) {
  return asActor(actor, async (tx) => {
    const [found] = await tx
      .select({
        territoryCode: organisation.territoryCode,
        callback: sql<
          string | null
        >`(select phone from contact where organisation_id = ${organisation.id} and active and call_back order by name limit 1)`,
      })
      .from(account)
      .innerJoin(organisation, eq(organisation.id, account.organisationId))
      .where(eq(account.id, actor.accountId))
    return found ?? null
  })
}

function readRows(tx: Tx, which: ReturnType<typeof and>, limit: number, offset: number, order = desc) {
  const inOrder = [order(cases.receivedAt), order(cases.id)]
  // Which ones first: what stands beside a ticket is looked for on its page alone, and not for all that were found.
  const page = tx
    .select({ id: cases.id })
    .from(cases)
    .where(which)
    .orderBy(...inOrder)
    .limit(limit)
    .offset(offset)
  return tx
    .select({
      id: cases.id,
      reference: cases.reference,
      externalId: cases.externalId,
      version: cases.version,
      state: cases.state,
      level: cases.level,
      numbers: cases.numbers,
      symptom: cases.symptom,
      symptomWords: cases.symptomWords,
      details: cases.details,
      channel: cases.channel,
      sinceAt: cases.sinceAt,
      receivedAt: cases.receivedAt,
      restoredAt: cases.restoredAt,
      nextContactAt: cases.nextContactAt,
      communeCodes: cases.communeCodes,
      territoryCode: cases.territoryCode,
      territory: territory.name,
      organisationId: cases.organisationId,
      organisation: organisation.name,
      severity: ticket.severity,
      ticketType: ticket.ticketType,
      related: ticket.related,
    })
    .from(cases)
    .leftJoin(territory, eq(territory.code, cases.territoryCode))
    .leftJoin(organisation, eq(organisation.id, cases.organisationId))
    .leftJoin(ticket, eq(ticket.caseId, cases.id))
    .where(inArray(cases.id, page))
    .orderBy(...inOrder)
}

async function withBeside(
  tx: Tx,
  actor: AccountActor,
  rows: Awaited<ReturnType<typeof readRows>>,
): Promise<SeenTicket[]> {
  const beside = await besideOf(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => {
    const { lines, tests } = beside.get(row.id) ?? { lines: [], tests: [] }
    const viewer = viewerOf(actor, row)
    const shown = showsReporter(
      { ...viewer, atTheCell: viewer.works, territories: actor.territories },
      { level: row.level, open: isOpen(row.state) },
    )
    return { ...row, tests, lines: shown ? lines : lines.map((line) => withoutName(line, row.organisation)) }
  })
}

/** The public lines and the tests of all of them: two queries, however many tickets. */
async function besideOf(tx: Tx, ids: number[]) {
  const [lines, tests] =
    ids.length === 0
      ? [[], []]
      : await Promise.all([
          tx
            .select({
              id: journal.id,
              caseId: journal.caseId,
              at: journal.at,
              who: journal.actorName,
              side: journal.actorSide,
              event: journal.event,
              text: journal.text,
            })
            .from(journal)
            .where(and(inArray(journal.caseId, ids), eq(journal.visibility, 'public')))
            .orderBy(asc(journal.id)),
          tx
            .select({
              caseId: caseTest.caseId,
              passed: caseTest.passed,
              tried: caseTest.tried,
              windowMin: caseTest.windowMin,
              number: caseTest.number,
              technology: caseTest.technology,
              operator: caseTest.operator,
              at: caseTest.at,
            })
            .from(caseTest)
            .where(inArray(caseTest.caseId, ids))
            .orderBy(asc(caseTest.at), asc(caseTest.id)),
        ])
  const found = new Map<number, { lines: typeof lines; tests: typeof tests }>()
  for (const id of ids) found.set(id, { lines: [], tests: [] })
  for (const line of lines) found.get(line.caseId ?? 0)?.lines.push(line)
  for (const test of tests) found.get(test.caseId)?.tests.push(test)
  return found
}
