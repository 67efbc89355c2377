import { actorWho } from '#app/_auth/session.ts'
import { countUnread } from '../query.ts'

/** How many messages wait, for the mark in the bar: asked apart, so that no page waits for it. */
export async function GET() {
  const actor = await actorWho('inbox.read')
  if (!actor) return new Response(null, { status: 404 })
  return Response.json({ unread: await countUnread(actor) }, { headers: { 'cache-control': 'no-store' } })
}
