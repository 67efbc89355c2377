import { actorWho } from '#app/_auth/session.ts'
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
  const lines: string[] = []
  for (const { line, key, values } of faults) {
    const { text } = await say({ key, values }, actor.locale)
    lines.push([String(line), text, texts[line - 1] ?? ''].map(quoted).join(';'))
  }
  return new Response(`\uFEFF${lines.join('\r\n')}\r\n`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="lignes-fausses.csv"',
      'cache-control': 'no-store',
    },
  })
}

/** A cell that a spreadsheet would take for a formula is made a text. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell
  return `"${safe.replaceAll('"', '""')}"`
}
