import type { AccountActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { log } from '#app/_log/log.ts'
import { asActor } from '#db/transaction.ts'
import { bundleOf, imprintOf, type ProofRow, signedPart } from './bundle.ts'
import { signingKey } from './key.ts'
import { timeStamp } from './time-stamp.ts'

type Asked = { of: string; whole: string[]; name: string }

/** A bundle for whoever may take it away, stamped where an authority is set; that it left is a line of his own chain. */
export async function handOut(
  actor: AccountActor,
  { of, whole, name }: Asked,
  rows: ProofRow[],
  now: Date,
): Promise<Response> {
  await asActor(actor, (tx) =>
    append(tx, actor, {
      chain: `account:${actor.accountId}`,
      event: 'account.evidence_taken',
      visibility: 'internal',
      at: now,
      data: { what: of },
    }),
  )
  const bundle = bundleOf({ of, now, by: actor.name, whole }, rows, signingKey())
  return new Response(bundle + (await stampOf(bundle)), {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${name.replace(/[^\w-]/g, '')}-evidence.txt"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}

/** An authority that is away takes nothing from the signature: the bundle leaves without its stamp. */
async function stampOf(bundle: string): Promise<string> {
  try {
    const stamp = await timeStamp(imprintOf(signedPart(bundle)))
    return stamp ? `timestamp ${stamp.toString('base64')}\n` : ''
  } catch (error) {
    log.warn({ error }, 'no time-stamp')
    return ''
  }
}
