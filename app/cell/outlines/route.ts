import { actorWho } from '#app/_auth/session.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { MAP_OUTLINES } from '#db/reference/map.ts'

const DRAWN = `<svg xmlns="http://www.w3.org/2000/svg"><defs>${MAP_OUTLINES.map(
  ({ code, d }) => `<path id="d${code}" d="${d}"/>`,
).join('')}</defs></svg>`

/** The outlines of the départements, once a day for a browser: a live page then sends their colours alone. */
export async function GET(): Promise<Response> {
  if (!(await actorWho('cell.watch'))) return refusal(401)
  return new Response(DRAWN, {
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'private, max-age=86400' },
  })
}
