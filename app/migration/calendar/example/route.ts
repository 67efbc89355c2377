import { actorWho } from '#app/_auth/session.ts'
import { csvFile } from '#app/_doors/csv.ts'
import { exampleCalendar } from '../../rules/calendar.ts'

/** The file to begin with: made up. */
export async function GET(): Promise<Response> {
  const actor = await actorWho('migration.import')
  if (!actor) return new Response(null, { status: 404 })
  return csvFile(exampleCalendar(), 'calendrier-exemple.csv')
}
