import { getLocale } from 'next-intl/server'
import { actorWho, requestTime } from '#app/_auth/session.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { readFilters } from '#app/cases/_queue/filters.ts'
import { readList } from '#app/cases/_queue/list.ts'
import { readPlace } from '#app/cases/_queue/row.ts'

/** What the page of the queue draws anew when a hint tells it to: the rows and counts of its address, in words. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorWho('cases.watch')
  if (!actor) return refusal(401)
  const params = Object.fromEntries(new URL(request.url).searchParams)
  const filters = readFilters(params)
  // What is searched spends of a budget: that is the page's to say.
  if (filters.q) return refusal(400, { key: 'queue.search.page_only' })
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  const asked = { filters, after: readPlace(params.after), locale, now: new Date(requestTime()) } as const
  return Response.json(await readList(actor, asked), { headers: { 'cache-control': 'no-store' } })
}
