import { actorWho } from '#app/_auth/session.ts'
import { holderOption } from '#app/admin/found-option.ts'
import { searchHolders } from '#app/admin/search.ts'

/** Accounts a machine may speak as, while typing, for the administrator alone: to anybody else there is nothing here. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorWho('accounts.keep')
  if (!actor) return new Response(null, { status: 404 })
  const typed = (new URL(request.url).searchParams.get('q') ?? '').slice(0, 200)
  const found = await searchHolders(actor, typed)
  return Response.json(found.map(holderOption), { headers: { 'Cache-Control': 'no-store' } })
}
