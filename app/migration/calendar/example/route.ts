import { actorWho } from '#app/_auth/session.ts'
import { exampleCalendar } from '../../rules/calendar.ts'

/** The file to begin with: made up. */
export async function GET(): Promise<Response> {
  const actor = await actorWho('migration.import')
  if (!actor) return new Response(null, { status: 404 })
  return new Response(exampleCalendar(), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="calendrier-exemple.csv"',
    },
  })
}
