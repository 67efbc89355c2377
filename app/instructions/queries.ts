import { and, asc, desc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { liesIn } from '#app/incidents/rules/places.ts'
import { organisation } from '#db/schema/directory.ts'
import { incident } from '#db/schema/incidents.ts'
import { instruction, instructionAsked, instructionTest } from '#db/schema/instruction.ts'
import { emergencyNumber, territory } from '#db/schema/reference.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { type InstructionRow, inForce, saidBy } from './commands/held.ts'
import { actorsFor, authoritiesFor } from './rules/asked.ts'
import { contradicts, isSameScope } from './rules/scope.ts'
import { standingOf } from './rules/stage.ts'
import { differences } from './rules/text.ts'

const MOST_SHOWN = 60

/** In force first, then what is on its way, then what is over. */
export function listInstructions(actor: AccountActor) {
  return asActor(actor, async (tx) => {
    const rows = await tx
      .select({ one: instruction, territory: territory.name })
      .from(instruction)
      .leftJoin(territory, eq(territory.code, instruction.territoryCode))
      .orderBy(
        sql`array_position(array['in_force', 'draft', 'ended', 'withdrawn'], ${instruction.state})`,
        desc(instruction.id),
      )
      .limit(MOST_SHOWN)
    const ids = rows.map(({ one }) => one.id)
    const [tests, asked] = await Promise.all([testsOf(tx, ids), askedOf(tx, ids)])
    return rows.map(({ one, territory: place }) => ({
      ...one,
      territory: place ?? one.territoryCode,
      standing: standing(one, tests, asked),
    }))
  })
}

/** What the form of a new one offers. */
export function readDraftDesk(actor: AccountActor) {
  return asActor(actor, async (tx) => ({
    numbers: await tx
      .select()
      .from(emergencyNumber)
      .orderBy(asc(emergencyNumber.position), asc(emergencyNumber.number)),
    territories: await tx
      .select({ code: territory.code, kind: territory.kind, name: territory.name })
      .from(territory)
      .orderBy(asc(territory.code)),
    incidents: await tx
      .select({ reference: incident.reference, title: incident.title, level: incident.level })
      .from(incident)
      .where(ne(incident.state, 'closed'))
      .orderBy(desc(incident.openedAt))
      .limit(MOST_SHOWN),
  }))
}

export type DraftDesk = Awaited<ReturnType<typeof readDraftDesk>>

/** One instruction, as far as whoever asks may see it. */
export function readInstruction(actor: AccountActor, id: number) {
  return asActor(actor, async (tx) => {
    const [found] = await tx
      .select({ one: instruction, territory: territory.name, incident: incident.reference })
      .from(instruction)
      .leftJoin(territory, eq(territory.code, instruction.territoryCode))
      .leftJoin(incident, eq(incident.id, instruction.incidentId))
      .where(eq(instruction.id, id))
    if (!found) return null
    const { one } = found
    const [tests, asked] = await Promise.all([testsOf(tx, [id]), askedOf(tx, [id])])
    const [former] = one.replacesId
      ? await tx.select().from(instruction).where(eq(instruction.id, one.replacesId))
      : await sameScope(tx, one)
    const cell = may(actor, 'instructions.write')
    return {
      one,
      territory: found.territory ?? one.territoryCode,
      incident: found.incident,
      tests: tests.filter((row) => row.textVersion === one.textVersion),
      asked: asked.filter((row) => row.textVersion === one.textVersion),
      standing: standing(one, tests, asked),
      former: former ? { number: former.number, differs: differences(former.slots, one.slots) } : null,
      against:
        one.state === 'draft' && cell
          ? (await inForce(tx, id)).filter((other) => contradicts(saidBy(other), saidBy(one)))
          : [],
      askable: one.state === 'draft' && cell ? await askable(tx, one) : null,
    }
  })
}

export type InstructionRead = NonNullable<Awaited<ReturnType<typeof readInstruction>>>

async function sameScope(tx: Tx, one: InstructionRow): Promise<InstructionRow[]> {
  if (one.state !== 'draft') return []
  return (await inForce(tx, one.id)).filter((other) => isSameScope(saidBy(other), saidBy(one)))
}

function testsOf(tx: Tx, ids: number[]) {
  if (ids.length === 0) return Promise.resolve([])
  return tx
    .select()
    .from(instructionTest)
    .where(inArray(instructionTest.instructionId, ids))
    .orderBy(asc(instructionTest.id))
}

async function askedOf(tx: Tx, ids: number[]) {
  if (ids.length === 0) return []
  const rows = await tx
    .select({ row: instructionAsked, organisation: organisation.name })
    .from(instructionAsked)
    .leftJoin(organisation, eq(organisation.id, instructionAsked.organisationId))
    .where(inArray(instructionAsked.instructionId, ids))
    .orderBy(desc(instructionAsked.part), asc(organisation.name))
  return rows.map(({ row, organisation: name }) => ({ ...row, organisation: name ?? '' }))
}

export type AskedRead = Awaited<ReturnType<typeof askedOf>>[number]

type Of = { instructionId: number; textVersion: number }
function standing(
  one: InstructionRow,
  tests: Awaited<ReturnType<typeof testsOf>>,
  asked: Awaited<ReturnType<typeof askedOf>>,
) {
  const own = (row: Of) => row.instructionId === one.id && row.textVersion === one.textVersion
  return standingOf(one.state, tests.filter(own), asked.filter(own))
}

/** Who is proposed, and who else may be asked, within its territory and above it. */
async function askable(tx: Tx, one: InstructionRow) {
  const said = saidBy(one)
  const all = await tx
    .select({
      id: organisation.id,
      name: organisation.name,
      kind: organisation.kind,
      territoryCode: organisation.territoryCode,
      sees: organisation.sees,
    })
    .from(organisation)
    .where(
      and(
        eq(organisation.active, true),
        or(sql`cardinality(${organisation.sees}) > 0`, ne(organisation.kind, 'cell')),
      ),
    )
    .orderBy(asc(organisation.name))
  const within = (code: string) => liesIn(code, said.place.code)
  const actors = actorsFor(said, all, within)
  return {
    actors,
    others: all.filter((org) => within(org.territoryCode) && !actors.includes(org) && org.sees.length === 0),
    authorities: authoritiesFor(said, all),
  }
}
