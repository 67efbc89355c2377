import { actorWho } from '#app/_auth/session.ts'
import { exampleFile } from '#app/directory/rules/import-format.ts'

/** The file to begin with: one line of each sort, all fictional. */
export async function GET(): Promise<Response> {
  const actor = await actorWho('directory.keep')
  if (!actor) return new Response(null, { status: 404 })
  return new Response(exampleFile(), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="annuaire-exemple.csv"',
    },
  })
}
