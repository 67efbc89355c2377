import { headers } from 'next/headers'
import { apiDoor } from '#app/_doors/api.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { refused } from '#app/_doors/result.ts'
import { changeTicket } from '#app/tmf-api/_ticket/change.ts'
import { oneInput, updateInput } from '#app/tmf-api/_ticket/input.ts'
import { readTicket } from '#app/tmf-api/_ticket/queries.ts'
import { etagOf, selected, ticketOf } from '#app/tmf-api/_ticket/ticket.ts'
import { together } from '#db/transaction.ts'

type Asked = { params: Promise<{ id: string }> }
const ABSENT = refused('cases.refused.absent')

/** TMF621 retrieveTroubleTicket. Absent and not yours are the same answer. */
export const GET = apiDoor(
  oneInput,
  async (actor, { fields }, _now, { params }: Asked) => {
    const seen = await readTicket(actor, (await params).id)
    if (!seen) return ABSENT
    const etag = etagOf(seen)
    if ((await headers()).get('if-none-match') === etag)
      return new Response(null, { status: 304, headers: { ...NO_STORE, etag } })
    return Response.json(selected(ticketOf(seen, actor.locale), fields), {
      headers: { ...NO_STORE, etag },
    })
  },
  { may: 'cases.report', scope: 'read', wrong: 400, spends: 'search' },
)

/**
 * TMF621 patchTroubleTicket: a note, tests, restoration confirmed ("resolved") or still failing ("inProgress"). With If-Match,
 * only if nothing has changed since that ETag was read.
 */
export const PATCH = apiDoor(
  updateInput,
  async (actor, input, now, { params }: Asked) => {
    const { id } = await params
    const wanted = (await headers()).get('if-match')
    const seen = await together(actor, async () => {
      if (wanted !== null && wanted !== '*') {
        const now = await readTicket(actor, id, { locked: true })
        if (now && !wanted.split(',').some((one) => one.trim() === etagOf(now)))
          return refusal(
            412,
            { message: 'The ticket has changed since: read it again.' },
            { etag: etagOf(now) },
          )
      }
      const changed = await changeTicket(actor, id, input, now)
      return changed.ok ? readTicket(actor, id) : changed
    })
    if (!seen) return ABSENT
    if (seen instanceof Response || 'ok' in seen) return seen
    return Response.json(ticketOf(seen, actor.locale), { headers: { ...NO_STORE, etag: etagOf(seen) } })
  },
  { may: 'cases.report', scope: 'update', wrong: 400, spends: 'change_by_token' },
)

/** TMF621 deleteTroubleTicket: a case is closed, never deleted. */
export function DELETE(): Response {
  return refusal(405, { message: 'A case is never deleted.' }, { allow: 'GET, PATCH' })
}

export const [POST, PUT] = [notHere, notHere]

function notHere(): Response {
  return refusal(405, { message: 'GET reads this ticket, PATCH changes it.' }, { allow: 'GET, PATCH' })
}

const NO_STORE = { 'cache-control': 'no-store' }
