import { headers } from 'next/headers'
import { apiDoor, tokenHolder } from '#app/_doors/api.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { hubInput } from '#app/tmf-api/_ticket/input.ts'
import { listenerSecret } from '#app/tmf-api/commands/deliver.ts'
import { listenToTickets } from '#app/tmf-api/commands/listen.ts'

/** TMF621 registerListener: what happens to the tickets that the key may read is told there; with the secret that proves it ours. */
export const POST = apiDoor(
  hubInput,
  async (actor, input, now) => {
    const holder = await tokenHolder(await headers())
    if (!holder) return refusal(401)
    const made = await listenToTickets(actor, input, holder.token, now)
    if (!made.ok) return made
    const { id, callback, query } = made.value
    return Response.json(
      { id, callback, query, secret: listenerSecret(id) },
      {
        status: 201,
        headers: { 'cache-control': 'no-store', location: `/tmf-api/troubleTicket/v4/hub/${id}` },
      },
    )
  },
  { may: 'cases.report', scope: 'read', wrong: 400, spends: 'change_by_token' },
)

export const [GET, PUT, PATCH, DELETE] = [notHere, notHere, notHere, notHere]

function notHere(): Response {
  return refusal(405, { message: 'POST registers a listener.' }, { allow: 'POST' })
}
