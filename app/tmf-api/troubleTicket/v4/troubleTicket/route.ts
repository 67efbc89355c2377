import { apiDoor } from '#app/_doors/api.ts'
import { createTicket } from '#app/tmf-api/_ticket/change.ts'
import { createInput, listInput } from '#app/tmf-api/_ticket/input.ts'
import { listTickets, readTicket } from '#app/tmf-api/_ticket/queries.ts'
import { selected, ticketOf } from '#app/tmf-api/_ticket/ticket.ts'
import { together } from '#db/transaction.ts'

/** TMF621 listTroubleTicket: what the token's account may see, newest first. */
export const GET = apiDoor(
  listInput,
  async (actor, input) => {
    const { tickets, total } = await listTickets(actor, input)
    const bodies = await Promise.all(tickets.map((one) => ticketOf(one, actor.locale)))
    return Response.json(
      bodies.map((one) => selected(one, input.fields)),
      {
        headers: {
          'cache-control': 'no-store',
          'x-total-count': String(total),
          'x-result-count': String(bodies.length),
        },
      },
    )
  },
  { may: 'cases.report', wrong: 400 },
)

/** TMF621 createTroubleTicket: answered once the case is durable; the same externalId again answers the same ticket. */
export const POST = apiDoor(
  createInput,
  async (actor, input, now) => {
    const seen = await together(actor, async () => {
      const made = await createTicket(actor, input, now)
      return made.ok ? readTicket(actor, made.value.reference) : made
    })
    if (!seen) return { ok: false, reason: { key: 'cases.refused.absent' } }
    if ('ok' in seen) return seen
    const ticket = await ticketOf(seen, actor.locale)
    return Response.json(ticket, {
      status: 201,
      headers: { 'cache-control': 'no-store', location: ticket.href },
    })
  },
  { may: 'cases.report', wrong: 400 },
)
