import { may } from '#app/_auth/actor.ts'
import { actorWho, requestBegan } from '#app/_auth/session.ts'
import { answerTooMany, overspent } from '#app/_doors/budget.ts'
import { say } from '#app/_doors/say.ts'
import { cirasCsv, fccCsv } from '../exports/authorities.ts'
import { registerCsv } from '../exports/csv.ts'
import { stixBundle } from '../exports/stix.ts'
import { askedFilter, filtered } from '../filter.ts'
import { instanceKey } from '../instance-key.ts'
import { authorName, readRegister } from '../queries.ts'
import { hiding } from '../rules/anonymity.ts'
import { mayLeave } from '../rules/tlp.ts'
import { lineFor } from '../sharing.ts'

/** The register as a file, in the form asked. What its label keeps in the house is not in it. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorWho('reviews.read')
  if (!actor) return new Response(null, { status: 404 })
  const over = await overspent(actor, 'export')
  if (over) return answerTooMany(over, actor.locale)
  const asked = new URL(request.url).searchParams
  const all = await readRegister(actor)
  const format = asked.get('format')
  if (format === 'signed') {
    const one = may(actor, 'register.keep')
      ? all.find(({ loss }) => loss.id === asked.get('record'))
      : undefined
    if (!one) return new Response(null, { status: 404 })
    const hide = hiding((field) => asked.has(field))
    const leaving = lineFor(one, 'by_hand', all, await authorName(), hide)
    if (leaving.ok) return file(`${leaving.line}\n`, `${one.loss.id}.jsonl`, 'application/jsonl')
    const { text } = await say({ key: leaving.key, values: leaving.values }, actor.locale)
    return new Response(text, { status: 409, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  }
  const rows = filtered(all, askedFilter(Object.fromEntries(asked))).filter(({ tlp }) =>
    mayLeave(tlp, 'by_hand'),
  )
  const losses = rows.map(({ loss }) => loss)
  if (format === 'csv') return file(registerCsv(losses), 'registre.csv', 'text/csv; charset=utf-8')
  if (format === 'ciras') return file(cirasCsv(losses), 'registre-ciras.csv', 'text/csv; charset=utf-8')
  if (format === 'fcc') return file(fccCsv(losses), 'registre-fcc.csv', 'text/csv; charset=utf-8')
  if (format === 'stix') {
    const now = new Date(requestBegan())
    const labelled = rows.map(({ loss, tlp, publishedAt }) => ({
      loss,
      tlp,
      at: publishedAt ?? now,
      createdAt: publishedAt ?? now,
    }))
    const author = { name: await authorName(), key: instanceKey().shown }
    const bundle = stixBundle(labelled, author, new URL('/register/schema', request.url).href)
    return file(JSON.stringify(bundle, null, 2), 'registre-stix.json', 'application/stix+json;version=2.1')
  }
  return file(
    losses.map((loss) => `${JSON.stringify(loss)}\n`).join(''),
    'registre.jsonl',
    'application/jsonl',
  )
}

function file(body: string, name: string, type: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}
