import { headers } from 'next/headers'
import { apiDoor } from '#app/_doors/api.ts'
import { budgetOf } from '#app/_doors/budget.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { createTicket } from '#app/tmf-api/_ticket/change.ts'
import { createInput, listInput } from '#app/tmf-api/_ticket/input.ts'
import { listTickets, readTicket } from '#app/tmf-api/_ticket/queries.ts'
import { etagOf, selected, ticketOf } from '#app/tmf-api/_ticket/ticket.ts'
import { together } from '#db/transaction.ts'

/** TMF621 listTroubleTicket: what the token's account may see, newest first. */
export const GET = apiDoor(
  listInput,
  async (actor, input) => {
    const { tickets, total } = await listTickets(actor, input)
    const bodies = tickets.map((one) => ticketOf(one, actor.locale))
    return Response.json(
      bodies.map((one) => selected(one, input.fields)),
      {
        // TMF630: a page of a longer list says so.
        status: bodies.length < total ? 206 : 200,
        headers: {
          'cache-control': 'no-store',
          'x-total-count': String(total),
          'x-result-count': String(bodies.length),
        },
      },
    )
  },
  { may: 'cases.report', scope: 'read', inExercise: true, wrong: 400, spends: 'search' },
)

/** TMF621 createTroubleTicket: answered once the case is durable; the same again answers the same ticket (200); other facts under its externalId, 409. */
export const POST = apiDoor(
  createInput,
  async (actor, input, now) => {
    const key = (await headers()).get('idempotency-key')
    const budget = await budgetOf(actor, 'report_by_token')
    const made = await together(actor, async () => {
      const created = await createTicket(actor, input, now, { budget, key })
      if (!created.ok) return created
      return { again: created.value.again, seen: await readTicket(actor, created.value.reference) }
    })
    if ('ok' in made) return made
    if (!made.seen) return { ok: false, reason: { key: 'cases.refused.absent' } }
    const ticket = ticketOf(made.seen, actor.locale)
    return Response.json(ticket, {
      status: made.again ? 200 : 201,
      headers: { 'cache-control': 'no-store', location: ticket.href, etag: etagOf(made.seen) },
    })
  },
  { may: 'cases.report', scope: 'report', inExercise: true, wrong: 400 },
)

export const [PUT, PATCH, DELETE] = [notHere, notHere, notHere]

function notHere(): Response {
  return refusal(405, { message: 'GET lists tickets, POST makes one.' }, { allow: 'GET, POST' })
}
