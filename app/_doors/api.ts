import { createHash } from 'node:crypto'
import { headers } from 'next/headers'
import type { z } from 'zod'
import type { AccountActor } from '#app/_auth/actor.ts'
import { actorOfToken } from '#app/_auth/lookup.ts'
import { getActor } from '#app/_auth/session.ts'
import { isOwnOrigin } from './origin.ts'
import { type RefusalStatus, refusal } from './refusal.ts'
import type { Result } from './result.ts'
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

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
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
  { session = false }: { session?: boolean } = {},
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    const asked = await headers()
    const bearer = asked.has('authorization')
    const actor = bearer || !session ? await tokenActor(asked) : await getActor()
    if (!actor) return refusal(401)
    const changes = request.method !== 'GET' && request.method !== 'HEAD'
    if (!bearer && changes && !isOwnOrigin(asked)) return refusal(403)

    const input = changes ? await jsonOf(request) : Object.fromEntries(new URL(request.url).searchParams)
    if (input === undefined) return refusal(400, { message: 'The body is not JSON.' })
    const parsed = schema.safeParse(input)
    if (!parsed.success) return refusal(422, { fields: wrongFields(parsed.error.issues, input) })
    try {
      const result = await run(actor, parsed.data, new Date(), context)
      if (result instanceof Response) return result
      if (result.ok) return Response.json(result.value, { headers: { 'cache-control': 'no-store' } })
      const { reason, fields, conflict } = result
      return refusal(statusOf(reason.key, Boolean(conflict)), {
        message: reason.key,
        values: reason.values,
        fields,
        conflict,
      })
    } catch (error) {
      console.error('api', request.method, new URL(request.url).pathname, error)
      return refusal(500)
    }
  }
}

function statusOf(key: string, conflict: boolean): RefusalStatus {
  if (conflict) return 409
  return key.endsWith('.absent') ? 404 : 422
}

async function jsonOf(request: Request): Promise<unknown> {
  try {
    const text = await request.text()
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}
