import { actorWho } from '#app/_auth/session.ts'
import { csvFile, csvText } from '#app/_doors/csv.ts'
import { say } from '#app/_doors/say.ts'
import { idOf } from '#app/admin/asked.ts'
import { tryCalendar } from '../../../commands/import-calendar.ts'

/** Every wrong line of a trial, named: as many as there are. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const actor = await actorWho('migration.import')
  const tried = actor && (await tryCalendar(actor, idOf((await params).id) ?? 0))
  if (!actor || !tried?.ok) return new Response(null, { status: 404 })
  const { faults, content } = tried.value
  const texts = content.split(/\r?\n/)
  const rows = await Promise.all(
    faults.map(async ({ line, key, values }) => [
      line,
      (await say({ key, values }, actor.locale)).text,
      texts[line - 1] ?? '',
    ]),
  )
  return csvFile(csvText(rows), 'lignes-fausses.csv')
}
