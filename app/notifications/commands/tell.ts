import type { MachineActor } from '#app/_auth/actor.ts'
import type { EventName } from '#app/_journal/events.ts'
import type { journal } from '#db/schema/journal.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { channelsIn } from '../channels/registry.ts'
import { leftOut } from '../rules/choice.ts'
import { type EventFacts, isPressing, type Recipient, recipientsOf, TOLD } from '../rules/recipients.ts'
import { enqueue, type Telling } from './enqueue.ts'
import { personsIn, seeCase, seeDesk, type ToFind } from './persons.ts'

export type JournalLine = typeof journal.$inferSelect

/**
 * Tells those whom lines of the main courante concern; never the one who wrote it, never twice. It runs as a reaction, whose
 * job was queued in the transaction of the command itself: what is written is told, whatever dies in between.
 */
export async function tell(actor: MachineActor, lines: readonly JournalLine[], now: Date): Promise<void> {
  await asActor(actor, async (tx) => {
    const find = personsIn(tx)
    // Down one line, one behind the other: the answers of all are waited for at once.
    const found = await Promise.all(lines.map((line) => newsOf(tx, line, find, now)))
    const news = found.filter((one) => one !== null)
    // What only lies in the inbox is one row each, whatever else is told; what leaves is throttled by what left before it.
    const calm = news.flatMap(({ tellings, pressing }) => (pressing ? [] : tellings))
    for (const some of parts(calm)) await enqueue(tx, actor, some, false, now)
    const pressing = news.filter((one) => one.pressing)
    const channels = pressing.length > 0 ? await channelsIn(tx) : []
    for (const { tellings } of pressing)
      for (const some of parts(tellings)) await enqueue(tx, actor, some, true, now, channels)
  })
}

/** Rows of one statement, which bears 65 535 values; accounts of one hint, which bears 8 000 bytes. */
const AT_ONCE = 500

function* parts(tellings: Telling[]): Iterable<Telling[]> {
  for (let n = 0; n < tellings.length; n += AT_ONCE) yield tellings.slice(n, n + AT_ONCE)
}

type News = { tellings: Telling[]; pressing: boolean }

async function newsOf(
  tx: Tx,
  line: JournalLine,
  find: ReturnType<typeof personsIn>,
  now: Date,
): Promise<News | null> {
  const event = line.event as EventName
  const telling = TOLD[event]
  const about = telling && (await subject(tx, line, now))
  if (!about) return null
  const facts = factsOf(line, about.level ?? 0)
  const told = new Map<number, Telling>()
  for (const to of recipientsOf(event, facts)) {
    for (const { accountId, quiet } of await find(to, about.find)) {
      if (accountId === line.actorId || leftOut(quiet, telling.about, about.level, to)) continue
      if (!told.has(accountId)) told.set(accountId, message(line, about, to, accountId))
    }
  }
  return { tellings: [...told.values()], pressing: isPressing(event, facts) }
}

/** What this recipient reads: who holds a case hears of one attached to it as news of his own. */
function message(line: JournalLine, about: Subject, to: Recipient, accountId: number): Telling {
  const told = {
    to: { type: 'account' as const, id: accountId, accountId },
    kind: line.event.replace('.', '_'),
    data: about.data,
    caseId: line.caseId,
    incidentId: line.incidentId,
    dedupeKey: `line:${line.id}`,
  }
  const main = about.find.seen?.main
  if (to !== 'main_holder' || !main) return told
  const data = { ...about.data, main: main.reference, what: told.kind }
  return { ...told, kind: 'case_of_attached', caseId: main.id, data }
}

type Subject = { level: number | null; find: ToFind; data: Record<string, string | number> }

/** The case a line is about, or the desk: who is there, and the words that a message needs. */
async function subject(tx: Tx, line: JournalLine, now: Date): Promise<Subject | null> {
  const named = {
    named: numberIn(line, 'accountId'),
    before: numberIn(line, 'from'),
    noticeId: numberIn(line, 'noticeId'),
    organisationId: numberIn(line, 'organisationId'),
    instructionId: numberIn(line, 'instructionId'),
    statementId: numberIn(line, 'statementId'),
    incidentId: line.incidentId,
  }
  if (line.caseId !== null) {
    const seen = await seeCase(tx, line.caseId, numberIn(line, 'mainId'), now)
    if (!seen) return null
    return {
      level: seen.level,
      find: { seen, duty: seen.duty, ...named },
      data: {
        reference: seen.reference,
        level: seen.level,
        territory: seen.territory,
        organisation: seen.organisation ?? '',
        by: line.actorName,
        ...(typeof line.data.what === 'string' ? { what: line.data.what } : {}),
      },
    }
  }
  const desk = await seeDesk(tx, line.incidentId, numberIn(line, 'organisationId'), now)
  return {
    level: null,
    find: { seen: null, duty: desk.duty, ...named },
    data: {
      by: line.actorName,
      incident: desk.incident ?? '',
      ...(desk.organisation ? { organisation: desk.organisation } : {}),
      ...numbersOf(line),
      ...plain(line.data),
    },
  }
}

function factsOf(line: JournalLine, level: number): EventFacts {
  return {
    level,
    side: line.actorSide,
    step: numberIn(line, 'step') ?? 0,
    toLevel: numberIn(line, 'to'),
    visibility: line.visibility,
    proposed: typeof line.data.level === 'string' ? line.data.level : null,
    routed: 'ruleId' in line.data,
  }
}

function numberIn(line: JournalLine, name: string): number | null {
  const value = line.data[name]
  return typeof value === 'number' ? value : null
}

/** The numbers that a proposal is about, as its reason says them. */
function numbersOf(line: JournalLine): { numbers?: string } {
  const { reason } = line.data as { reason?: { values?: { numbers?: unknown } } }
  const numbers = reason?.values?.numbers
  return typeof numbers === 'string' && numbers !== '' ? { numbers } : {}
}

/** Figures and words only: what a message can show. */
function plain(data: Record<string, unknown>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(data).filter((entry): entry is [string, string | number] =>
      ['string', 'number'].includes(typeof entry[1]),
    ),
  )
}
