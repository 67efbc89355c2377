import { apiDoor } from '#app/_doors/api.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { refused } from '#app/_doors/result.ts'
import { changeTicket } from '#app/tmf-api/_ticket/change.ts'
import { oneInput, updateInput } from '#app/tmf-api/_ticket/input.ts'
import { readTicket } from '#app/tmf-api/_ticket/queries.ts'
import { selected, ticketOf } from '#app/tmf-api/_ticket/ticket.ts'
import { together } from '#db/transaction.ts'

type Asked = { params: Promise<{ id: string }> }
const ABSENT = refused('cases.refused.absent')

/** TMF621 retrieveTroubleTicket. Absent and not yours are the same answer. */
export const GET = apiDoor(
  oneInput,
  async (actor, { fields }, _now, { params }: Asked) => {
    const seen = await readTicket(actor, (await params).id)
    return seen ? Response.json(selected(await ticketOf(seen, actor.locale), fields), NO_STORE) : ABSENT
  },
  { may: 'cases.report', wrong: 400, spends: 'search' },
)

/** TMF621 patchTroubleTicket: a note, tests, restoration confirmed ("resolved") or still failing ("inProgress"). */
export const PATCH = apiDoor(
  updateInput,
  async (actor, input, now, { params }: Asked) => {
    const { id } = await params
    const seen = await together(actor, async () => {
      const changed = await changeTicket(actor, id, input, now)
      return changed.ok ? readTicket(actor, id) : changed
    })
    if (!seen) return ABSENT
    return 'ok' in seen ? seen : Response.json(await ticketOf(seen, actor.locale), NO_STORE)
  },
  { may: 'cases.report', wrong: 400, spends: 'change_by_token' },
)

/** TMF621 deleteTroubleTicket: a case is closed, never deleted. */
export function DELETE(): Response {
  return refusal(405, { message: 'A case is never deleted.' })
}

const NO_STORE = { headers: { 'cache-control': 'no-store' } }
