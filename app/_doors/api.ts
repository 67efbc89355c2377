import { headers } from 'next/headers'
import type { z } from 'zod'
import { type AccountActor, may, outside } from '#app/_auth/actor.ts'
import { deviceOfToken, holderOfToken, inExercise, type TokenHolder, timeOf } from '#app/_auth/lookup.ts'
import { type Capability, isReal } from '#app/_auth/rules/roles.ts'
import type { AccountScope, AloneScope } from '#app/_auth/rules/scopes.ts'
import { getActor } from '#app/_auth/session.ts'
import { hashToken } from '#app/_auth/token.ts'
import { askedTwice } from './address.ts'
import { JSON_LIMIT, type JsonLimit } from './body-limits.ts'
import { overspent } from './budget.ts'
import { clockNow } from './clock.ts'
import { failure, goesOn } from './failure.ts'
import { type ReadJson, readJson } from './json.ts'
import { faultOf } from './misread.ts'
import { isOwnOrigin } from './origin.ts'
import { type RefusalStatus, refusal } from './refusal.ts'
import { type Reason, type Refusal, type Result, refused } from './result.ts'
import type { Asked } from './rules/budgets.ts'
import { say } from './say.ts'
import { cleanText } from './text.ts'
import { understood } from './wrong-fields.ts'

/** A revoked token works this much longer at most. */
const BELIEVED_MS = 5_000
const MOST_BELIEVED = 500
const believed = new Map<string, { holder: TokenHolder | null; until: number }>()

/** The request's bearer token, if it has the shape of one. */
function bearerOf(asked: Headers): string | null {
  const [, token] = /^Bearer ([\w.~+/=-]{20,200})$/i.exec(asked.get('authorization') ?? '') ?? []
  return token ?? null
}

/** Which device asks with its bearer token: one whose key was made for this door alone. */
export async function askingDevice(asked: Headers, scope: AloneScope, now: Date): Promise<number | null> {
  const token = bearerOf(asked)
  return token ? deviceOfToken(hashToken(token), scope, now) : null
}

/** Who speaks with the request's bearer token, and what it may; null for none, unknown, ended or revoked. */
export async function tokenHolder(asked: Headers, now = clockNow()): Promise<TokenHolder | null> {
  const token = bearerOf(asked)
  if (!token) return null
  const hash = hashToken(token)
  const known = believed.get(hash)
  if (known && known.until > now.getTime()) return known.holder
  const holder = await holderOfToken(hash, now)
  if (believed.size >= MOST_BELIEVED) believed.clear()
  believed.set(hash, { holder, until: now.getTime() + BELIEVED_MS })
  return holder
}

type Options = {
  /** Who may ask at all. */
  may: Capability
  /** What a key must have been made for. */
  scope: AccountScope
  /** A key may ask in an exercise, by naming it; elsewhere what was meant for one is refused. */
  inExercise?: true
  /** Our own pages may ask too, with their cookie. */
  session?: boolean
  /** Who asks by a ticket that only this door takes; null for none of ours. */
  ticket?: (asked: Headers, now: Date) => Promise<AccountActor | null>
  /** What asking spends (rules/budgets.ts); a command that counts for itself has none here. */
  spends?: Asked
  /** How much of a body is read, where a ticket is not the measure. */
  limit?: JsonLimit
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
  {
    may: capability,
    scope,
    inExercise: acts,
    session = false,
    wrong = 422,
    limit = JSON_LIMIT,
    spends,
    ticket,
  }: Options,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    const head = await headers()
    const bearer = head.has('authorization')
    const changes = request.method !== 'GET' && request.method !== 'HEAD'
    let actor: AccountActor | null = null
    try {
      const holder = await tokenHolder(head)
      actor = holder?.actor ?? (session && !bearer ? await getActor() : null)
      actor ??= (await ticket?.(head, clockNow())) ?? null
      if (!actor) return refusal(401)
      const world = holder && head.get(EXERCISE)
      // What was meant for an exercise is never done for real.
      if (world && !acts) return await refuse(actor, 403, refused('drills.refused.real_door'))
      if (world) {
        actor = await inExercise(actor, Number(world))
        if (actor.exerciseId === null) return await refuse(actor, 403, refused('drills.refused.not_entered'))
      }
      if (isReal(capability)) actor = outside(actor)
      if (holder && !holder.scopes.includes(scope))
        return await refuse(actor, wrong, refused('accounts.refused.scope', { scope }))
      if (!may(actor, capability))
        return refusal(403, { message: (await say({ key: 'auth.forbidden' }, actor.locale)).text })
      if (!bearer && changes && !isOwnOrigin(head)) return refusal(403)
      const read = changes ? await readJson(request, limit) : asked(new URL(request.url))
      if (!read.ok) return await refuse(actor, read.status, refused(read.key))
      const over = spends && (await overspent(actor, spends))
      if (over) return await refuse(actor, wrong, over)
      const parsed = understood(schema, read.value)
      if (!parsed.ok) return await refuse(actor, wrong, parsed)
      const result = await run(actor, parsed.value, await timeOf(actor, clockNow()), context)
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
/** The exercise that a key acts in, by its number: what a cookie says for a browser. */
const EXERCISE = 'permanence-exercise'

/** What an address asks, clean as any other text. */
function asked({ searchParams }: URL): ReadJson {
  const pairs = [...searchParams].map(([name, value]) => [name, cleanText(value)] as const)
  if (askedTwice(pairs).length > 0) return { ok: false, status: 400, key: 'forms.twice' }
  return { ok: true, value: Object.fromEntries(pairs) }
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
  const named = Object.entries(fields)
  const said = await Promise.all(named.map(([, why]) => say(why, locale)))
  const { text } = await say(reason, locale)
  const details = {
    message: [text, ...named.map(([field], at) => faultOf(field, said[at]?.text ?? ''))].join(' '),
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
  if (key === 'accounts.refused.scope') return 403
  return key.endsWith('.absent') ? 404 : null
}
