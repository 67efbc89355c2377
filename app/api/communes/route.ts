import { actorWho } from '#app/_auth/session.ts'
import { communeOption } from '#app/cases/new/options.ts'
import { findCommunes } from '#app/directory/communes.ts'
import { asActor } from '#db/transaction.ts'

/** Communes while typing, for whoever is signed in: `?q=` name or postcode, `?in=` the département to show first. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorWho('cases.report')
  if (!actor) return new Response(null, { status: 404 })
  const { searchParams } = new URL(request.url)
  const typed = (searchParams.get('q') ?? '').slice(0, 80)
  const found = await asActor(actor, (tx) => findCommunes(tx, typed, searchParams.get('in')))
  return Response.json(found.map(communeOption), { headers: { 'Cache-Control': 'private, max-age=300' } })
}
