import { getLocale } from 'next-intl/server'
import { actorWho, requestTime } from '#app/_auth/session.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { readCursor } from '#app/my/cursor.ts'
import { readFilters } from '#app/my/filters.ts'
import { readMyList } from '#app/my/list.ts'

/** What "my cases" draws anew when a hint tells it to: the rows of its address, in words. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorWho('cases.follow')
  if (!actor) return refusal(401)
  const asked = Object.fromEntries(new URL(request.url).searchParams)
  const filters = readFilters(asked, { authority: actor.territories.length > 0 })
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  const now = new Date(requestTime())
  const list = await readMyList(actor, locale, { filters, after: readCursor(asked.after), now })
  return Response.json(list, { headers: { 'cache-control': 'no-store' } })
}
