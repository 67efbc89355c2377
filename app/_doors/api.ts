import { headers } from 'next/headers'
import type { z } from 'zod'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { actorOfToken, timeOf } from '#app/_auth/lookup.ts'
import type { Capability } from '#app/_auth/rules/roles.ts'
import { getActor } from '#app/_auth/session.ts'
import { hashToken } from '#app/_auth/token.ts'
import { overspent } from './budget.ts'
import { clockNow } from './clock.ts'
import { failure, goesOn } from './failure.ts'
import { type ReadJson, readJson } from './json.ts'
import { isOwnOrigin } from './origin.ts'
import { type RefusalStatus, refusal } from './refusal.ts'
import type { Reason, Refusal, Result } from './result.ts'
import type { Asked } from './rules/budgets.ts'
import { say } from './say.ts'
import { cleanText } from './text.ts'
import { wrongFields } from './wrong-fields.ts'

/** A revoked token works this much longer at most. */
const BELIEVED_MS = 5_000
const MOST_BELIEVED = 500
const believed = new Map<string, { actor: AccountActor | null; until: number }>()

/** Who speaks with the request's bearer token; null for none, unknown or revoked. */
export async function tokenActor(asked: Headers, now = Date.now()): Promise<AccountActor | null> {
  const [, token] = /^Bearer ([\w.~+/=-]{20,200})$/i.exec(asked.get('authorization') ?? '') ?? []
  if (!token) return null
  const hash = hashToken(token)
  const known = believed.get(hash)
  if (known && known.until > now) return known.actor
  const actor = await actorOfToken(hash)
  if (believed.size >= MOST_BELIEVED) believed.clear()
  believed.set(hash, { actor, until: now + BELIEVED_MS })
  return actor
}

type Options = {
  /** Who may ask at all. */
  may: Capability
  /** Our own pages may ask too, with their cookie. */
  session?: boolean
  /** What asking spends (rules/budgets.ts); a command that counts for itself has none here. */
  spends?: Asked
  /** What a body that was not understood is answered with: contracts differ. */
  wrong?: 400 | 422
}

/**
 * The door for machines: who is asking (a bearer token; with `session`, also the cookie of our own pages), then zod,
 * then `run`, then JSON. What goes wrong inside is told without its details.
 */
export function apiDoor<Schema extends z.ZodType, Context>(
  schema: Schema,
  run: (
    actor: AccountActor,
    input: z.output<Schema>,
    now: Date,
    context: Context,
  ) => Promise<Response | Result<unknown>>,
  { may: capability, session = false, wrong = 422, spends }: Options,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    const head = await headers()
    const bearer = head.has('authorization')
    const changes = request.method !== 'GET' && request.method !== 'HEAD'
    let actor: AccountActor | null = null
    try {
      actor = bearer || !session ? await tokenActor(head) : await getActor()
      if (!actor) return refusal(401)
      if (!may(actor, capability)) return refusal(403)
      if (!bearer && changes && !isOwnOrigin(head)) return refusal(403)
      const read = changes ? await readJson(request) : asked(new URL(request.url))
      if (!read.ok) return refuse(actor, read.status, { ok: false, reason: { key: read.key } })
      const over = spends && (await overspent(actor, spends))
      if (over) return await refuse(actor, wrong, over)
      const parsed = schema.safeParse(read.value)
      if (!parsed.success) return await refuse(actor, wrong, misread(parsed.error.issues, read.value))
      const result = await run(actor, parsed.data, await timeOf(actor, clockNow()), context)
      if (result instanceof Response) return result
      if (result.ok) return Response.json(result.value, { headers: { 'cache-control': 'no-store' } })
      return await refuse(actor, wrong, result)
    } catch (error) {
      if (goesOn(error)) throw error
      const failed = failure(`api ${request.method}`, error)
      return await refuse(actor ?? NOBODY, failed.ours ? 500 : wrong, failed)
    }
  }
}

const NOBODY = { locale: 'fr' } as const

/** What an address asks, clean as any other text. */
function asked({ searchParams }: URL): ReadJson {
  const pairs = [...searchParams].map(([name, value]) => [name, cleanText(value)] as const)
  return { ok: true, value: Object.fromEntries(pairs) }
}

function misread(issues: z.core.$ZodIssue[], input: unknown): Refusal {
  const fields = wrongFields(issues, input)
  return {
    ok: false,
    reason: { key: 'forms.to_correct', values: { count: Object.keys(fields).length } },
    fields,
  }
}

/** In the words of the account's language, with the keys beside them for a program. */
async function refuse(
  { locale }: Pick<AccountActor, 'locale'>,
  wrong: RefusalStatus,
  { reason, fields = {}, conflict }: Refusal,
): Promise<Response> {
  const status = statusOf(reason, conflict !== undefined) ?? wrong
  const seconds: Record<string, string> =
    reason.key === 'forms.too_many' ? { 'retry-after': String(reason.values?.seconds) } : {}
  const named = Object.entries(fields).map(([field, why]) => [field, why] as const)
  const said = await Promise.all(named.map(([, why]) => say(why, locale)))
  const { text } = await say(reason, locale)
  const details = {
    message: [text, ...named.map(([field], at) => `${field}: ${said[at]?.text}`)].join(' '),
    key: reason.key,
    fields: Object.fromEntries(
      named.map(([field, why], at) => [field, { key: why.key, text: said[at]?.text }]),
    ),
    conflict,
  }
  return refusal(status, details, seconds)
}

function statusOf({ key }: Reason, conflict: boolean): RefusalStatus | null {
  if (conflict || key.endsWith('.sent_otherwise')) return 409
  if (key === 'forms.too_many') return 429
  return key.endsWith('.absent') ? 404 : null
}
