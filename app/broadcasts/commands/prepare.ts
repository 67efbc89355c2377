import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Actor, actorId, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { marked } from '#app/exercises/rules/marker.ts'
import { liesIn } from '#app/incidents/rules/places.ts'
import { meter, textOf } from '#app/instructions/rules/text.ts'
import { broadcast, broadcastRecipient, pilotPhone } from '#db/schema/broadcast.ts'
import { contact, type OrganisationKind, organisation } from '#db/schema/directory.ts'
import { instruction } from '#db/schema/instruction.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { Input, prepareInput } from '../input.ts'
import { audienceOf, linesOf, MOST_LINES } from '../rules/list.ts'
import { pilotsOf, wavesOf } from '../rules/waves.ts'

/**
 * Who will be written to, what, in how many parts and for how much: read before anything is sent. Each telephone once, the
 * pilots aside; the rest is left out by name of the reason.
 */
export function prepareBroadcast(
  actor: Actor,
  input: Input<typeof prepareInput>,
  now: Date,
): Promise<Result<{ broadcastId: number }>> {
  return asActor(actor, async (tx) => {
    const own = actorId(actor)
    if (actor.kind === 'door' || own === null || !may(actor, 'instructions.decide'))
      return refused('broadcasts.refused.absent')
    const [one] = await tx.select().from(instruction).where(eq(instruction.id, input.instructionId))
    if (one?.state !== 'in_force') return refused('broadcasts.refused.not_in_force')
    const lines = linesOf(input.list)
    if (lines.length > MOST_LINES) return refusedField('list', 'broadcasts.invalid.list_long')
    const { pilots, short } = pilotsOf(await tx.select().from(pilotPhone).orderBy(pilotPhone.id))
    if (short) return refused('broadcasts.refused.pilots', short)
    const directory = await contactsOf(tx, input.kinds, one.territoryCode)
    const { kept, leftOut } = audienceOf([...directory, ...lines], await deadNumbers(tx))
    const held = new Set(pilots.map(({ phone }) => phone))
    const people = wavesOf(kept.filter(({ phone }) => !held.has(phone)))
    if (people.length === 0) return refusedField('list', 'broadcasts.refused.nobody_left')
    const text = marked(textOf(one.slots), exerciseOf(actor))
    const [made] = await tx
      .insert(broadcast)
      .values({
        exerciseId: exerciseOf(actor),
        instructionId: one.id,
        text,
        segments: meter(text).sms.parts,
        partPrice: Math.round(input.price * 100),
        purpose: input.purpose,
        leftOut,
        preparedAt: now,
        preparedById: own,
        preparedByName: actor.name,
      })
      .returning()
    if (!made) throw new Error('a mass message was not prepared')
    const rows = [
      ...pilots.map(({ phone, holder }) => ({ phone, name: holder, wave: 'pilot' as const })),
      ...people,
    ]
    // Some thousands of rows are more parameters than one statement takes.
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
      await tx.insert(broadcastRecipient).values(
        rows.slice(at, at + ROWS_AT_ONCE).map((row) => ({
          ...{ exerciseId: exerciseOf(actor), broadcastId: made.id },
          ...{ phone: row.phone, name: row.name, wave: row.wave },
        })),
      )
    await append(tx, actor, {
      chain: `broadcast:${made.id}`,
      ...(one.incidentId ? { incidentId: one.incidentId } : {}),
      at: now,
      event: 'broadcast.prepared',
      visibility: 'internal',
      text: input.purpose,
      data: { broadcastId: made.id, number: one.number, recipients: rows.length, consented: input.consented },
    })
    return { ok: true, value: { broadcastId: made.id } }
  })
}

const ROWS_AT_ONCE = 2_000

/** The telephones of the directory of these kinds, within the territory of the instruction. */
async function contactsOf(tx: Tx, kinds: OrganisationKind[], within: string) {
  if (kinds.length === 0) return []
  const found = await tx
    .select({ written: contact.phone, name: contact.name, place: organisation.territoryCode })
    .from(contact)
    .innerJoin(organisation, eq(organisation.id, contact.organisationId))
    .where(
      and(
        eq(contact.active, true),
        eq(organisation.active, true),
        inArray(organisation.kind, kinds),
        sql`${contact.phone} is not null`,
        sql`${organisation.exerciseId} is null`,
      ),
    )
  return found
    .filter(({ place }) => liesIn(place, within))
    .map(({ written, name }) => ({ written: written ?? '', name }))
}

/** The outbox gives up a message after so many tries; a test compares. */
const LAST_TRY = 5

/**
 * What an earlier message could not reach at all: refused by the network, or lost on its way. A silence is no death, nor is a
 * message centre that took nothing in all of its tries: that says nothing of the number.
 */
async function deadNumbers(tx: Tx): Promise<Set<string>> {
  const rows = await tx.execute<{ phone: string }>(sql`
    select distinct r.phone from broadcast_recipient r
      join outbox o on o.dedupe_key = 'broadcast:' || r.broadcast_id and o.to_type = 'telephone' and o.to_id = r.id
    where o.state = 'failed' and (o.last_error = 'lost on the way'
      or o.last_error not in ('no receipt', 'unknown') and o.attempts < ${LAST_TRY})`)
  return new Set(rows.map(({ phone }) => phone))
}
