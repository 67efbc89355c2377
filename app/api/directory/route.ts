import { actorWho } from '#app/_auth/session.ts'
import { reporterOption } from '#app/cases/new/options.ts'
import { searchDirectory } from '#app/directory/search.ts'
import { asActor } from '#db/transaction.ts'

/** The directory while typing, for the cell alone: to anybody else there is nothing here. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorWho('cases.work')
  if (!actor) return new Response(null, { status: 404 })
  const typed = (new URL(request.url).searchParams.get('q') ?? '').slice(0, 80)
  const found = await asActor(actor, (tx) => searchDirectory(tx, typed))
  return Response.json(found.map(reporterOption), { headers: { 'Cache-Control': 'no-store' } })
}
