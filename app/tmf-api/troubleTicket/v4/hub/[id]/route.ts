import { z } from 'zod'
import { apiDoor } from '#app/_doors/api.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { stopListening } from '#app/tmf-api/commands/listen.ts'

/** TMF621 unregisterListener. Absent and another's are the same answer. */
export const DELETE = apiDoor(
  z.object({}),
  async (actor, _input, now, { params }: { params: Promise<{ id: string }> }) => {
    const stopped = await stopListening(actor, (await params).id, now)
    return stopped.ok ? new Response(null, { status: 204 }) : stopped
  },
  { may: 'cases.report', scope: 'read', wrong: 400, spends: 'change_by_token' },
)

export const [GET, POST, PUT, PATCH] = [notHere, notHere, notHere, notHere]

function notHere(): Response {
  return refusal(405, { message: 'DELETE takes this listener away.' }, { allow: 'DELETE' })
}
