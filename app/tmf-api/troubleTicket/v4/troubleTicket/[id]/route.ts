import { headers } from 'next/headers'
import { z } from 'zod'
import type { AccountActor } from '#app/_auth/actor.ts'
import { apiDoor } from '#app/_doors/api.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { type Refusal, refused } from '#app/_doors/result.ts'
import { say } from '#app/_doors/say.ts'
import { withdrawCase } from '#app/cases/commands/withdraw.ts'
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
  { may: 'cases.report', scope: 'read', inExercise: true, wrong: 400, spends: 'search' },
)

/**
 * TMF621 patchTroubleTicket: a note, tests, restoration confirmed ("resolved") or still failing ("inProgress"). With If-Match,
 * only if nothing has changed since that ETag was read.
 */
export const PATCH = apiDoor(
  updateInput,
  async (actor, input, now, { params }: Asked) => {
    const { id } = await params
    const seen = await together(actor, async () => {
      const not = await notAsRead(actor, id)
      if (not) return not
      const changed = await changeTicket(actor, id, input, now)
      return changed.ok ? ((await readTicket(actor, id)) ?? ABSENT) : changed
    })
    if (seen instanceof Response || 'ok' in seen) return seen
    return Response.json(ticketOf(seen, actor.locale), { headers: { ...NO_STORE, etag: etagOf(seen) } })
  },
  { may: 'cases.report', scope: 'update', inExercise: true, wrong: 400, spends: 'change_by_token' },
)

/** TMF621 deleteTroubleTicket: of an exercise alone, in which its key acts. A real case is closed, never deleted. */
export const DELETE = apiDoor(
  z.object({}),
  async (actor, _input, now, { params }: Asked) => {
    const { id } = await params
    const gone = await together(
      actor,
      async () => (await notAsRead(actor, id)) ?? withdrawCase(actor, { reference: id }, now),
    )
    if (gone instanceof Response) return gone
    if (gone.ok) return new Response(null, { status: 204, headers: NO_STORE })
    if (gone.reason.key !== 'cases.refused.never_deleted') return gone
    return refusal(405, { message: (await say(gone.reason, actor.locale)).text }, { allow: 'GET, PATCH' })
  },
  { may: 'cases.report', scope: 'update', inExercise: true, wrong: 400, spends: 'change_by_token' },
)

/** Held until the transaction ends, when its sender says as what he read it: it is not there, or it has changed since. */
async function notAsRead(actor: AccountActor, id: string): Promise<Response | Refusal | null> {
  const wanted = (await headers()).get('if-match')
  if (wanted === null && actor.exerciseId === null) return null
  const held = await readTicket(actor, id, { locked: true })
  if (!held) return ABSENT
  if (wanted === null || wanted.split(',').some((one) => ['*', etagOf(held)].includes(one.trim())))
    return null
  return refusal(412, { message: 'The ticket has changed since: read it again.' }, { etag: etagOf(held) })
}

export const [POST, PUT] = [notHere, notHere]

function notHere(): Response {
  return refusal(405, { message: 'GET reads this ticket, PATCH changes it.' }, { allow: 'GET, PATCH' })
}

const NO_STORE = { 'cache-control': 'no-store' }
