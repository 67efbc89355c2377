import { actorWho } from '#app/_auth/session.ts'
import { answerTooMany, overspent } from '#app/_doors/budget.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { readProof } from '../../queries.ts'
import { viewing } from '../../viewing.ts'

const HOW =
  'One line of the journal per line of this file. For each: sha256(bytes of prev_hash, then the UTF-8 bytes of digested) is hash. ' +
  'Within a chain the prev_hash of a line is the hash of the line whose seq is one less; for seq 1 it is sha256 of the name of the chain. ' +
  'digested is [chain, seq, exercise, case, incident, at, heard at, fact at (seconds since 1970), actor, name, side, event, ' +
  'visibility, certainty, text, data]. Chains of this incident come whole; of the shared ones (proposals, cell, account) only ' +
  'the lines about it, each still proved by its own hash.'

/** The journal of an incident with its proof, as JSON Lines: for an inquiry that trusts nobody's word. */
export async function GET(request: Request, { params }: { params: Promise<{ reference: string }> }) {
  const actor = await actorWho('reviews.export')
  const { reference } = await params
  if (!actor) return new Response(null, { status: 404 })
  const over = await overspent(actor, 'export')
  if (over) return answerTooMany(over, actor.locale)
  const rows = await readProof(viewing(actor, new URL(request.url).searchParams.get('exercise')), reference)
  if (!rows) return new Response(null, { status: 404 })
  const head = { incident: reference, exported_at: clockNow().toISOString(), lines: rows.length, verify: HOW }
  return new Response([head, ...rows].map((row) => `${JSON.stringify(row)}\n`).join(''), {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="${reference.replace(/[^\w-]/g, '')}-journal.jsonl"`,
      'cache-control': 'no-store',
    },
  })
}
