import { machine } from '#app/_auth/actor.ts'
import { hashPullKey } from '#app/register/commands/neighbours.ts'
import { authorName, neighbourOfPullKey, readRegister } from '#app/register/queries.ts'
import { feedFor } from '#app/register/sharing.ts'

/** Where our records are pulled from, signed: `public` for anybody, else the key that a neighbour was given. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ key: string }> },
): Promise<Response> {
  const { key } = await params
  const actor = machine('register')
  const known = key === 'public' || (await neighbourOfPullKey(actor, hashPullKey(key))) !== null
  if (!known) return new Response(null, { status: 404 })
  const feed = feedFor(
    key === 'public' ? 'public' : 'neighbour',
    await readRegister(actor),
    await authorName(),
  )
  return new Response(feed, { headers: { 'content-type': 'application/jsonl', 'cache-control': 'no-store' } })
}
