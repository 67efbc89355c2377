import { actorWho } from '#app/_auth/session.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { readAlarms } from '#app/cell/_alarm/query.ts'

/** What sounds in the room now: for the bell of the pages of the cell. */
export async function GET(): Promise<Response> {
  const actor = await actorWho('cell.watch')
  if (!actor) return refusal(401)
  return Response.json(await readAlarms(actor), { headers: { 'cache-control': 'no-store' } })
}
