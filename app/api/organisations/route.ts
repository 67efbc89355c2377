import { actorWho } from '#app/_auth/session.ts'
import { organisationOption } from '#app/admin/found-option.ts'
import { searchOrganisations } from '#app/admin/search.ts'

/** Organisations while typing, for the administrator alone: to anybody else there is nothing here. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorWho('accounts.keep')
  if (!actor) return new Response(null, { status: 404 })
  const typed = (new URL(request.url).searchParams.get('q') ?? '').slice(0, 80)
  const found = await searchOrganisations(actor, typed)
  return Response.json(found.map(organisationOption), { headers: { 'Cache-Control': 'no-store' } })
}
