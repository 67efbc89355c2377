import { actorWho } from '#app/_auth/session.ts'
import { csvFile } from '#app/_doors/csv.ts'
import { exampleFile } from '#app/directory/rules/import-format.ts'

/** The file to begin with: one line of each sort, all fictional. */
export async function GET(): Promise<Response> {
  const actor = await actorWho('directory.keep')
  if (!actor) return new Response(null, { status: 404 })
  return csvFile(exampleFile(), 'annuaire-exemple.csv')
}
