import type { z } from 'zod'
import { type MachineActor, machine } from '#app/_auth/actor.ts'
import type { AloneScope } from '#app/_auth/rules/scopes.ts'
import { askingDevice } from './api.ts'
import type { JsonLimit } from './body-limits.ts'
import { clockNow } from './clock.ts'
import { failure, goesOn } from './failure.ts'
import { bytesOf, parseJson } from './json.ts'
import { misread } from './misread.ts'
import { type RefusalStatus, refusal } from './refusal.ts'
import type { Reason, Result } from './result.ts'
import { say } from './say.ts'
import { cleanText } from './text.ts'

const MIB = 1_048_576
/** Fifty thousand calls of a probe, or windows of a switch, at two hundred bytes each. */
export const BATCH_LIMIT: JsonLimit = { bytes: 12 * MIB, depth: 8, values: 1_200_000 }

type Options<Input> = {
  /** Which keys open it, and no other. */
  key: AloneScope
  /** The name it signs with. */
  as: string
  /** Reads a body that is no JSON; null: it is not of this kind. */
  read?: (type: string, body: Uint8Array) => Read | null
  run: (actor: MachineActor, input: Input, now: Date) => Promise<Result<unknown>>
}

/**
 * The door of a machine that is nobody: a key (made at /admin/tokens) that opens this door and none else, then zod, then `run`, then
 * JSON. In English: a program reads it.
 */
export function keyDoor<Schema extends z.ZodType>(
  schema: Schema,
  { key, as, read, run }: Options<z.output<Schema>>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const now = clockNow()
      if ((await askingDevice(request.headers, key, now)) === null) return refusal(401)
      const body = request.method === 'GET' ? asked(request) : await bodyOf(request, read)
      if (!body.ok) return refusal(body.status, { message: await words({ key: body.key }) })
      const parsed = schema.safeParse(body.value)
      if (!parsed.success) return await misread(parsed.error.issues, body.value)
      const result = await run(machine(as), parsed.data, now)
      if (result.ok) return Response.json(result.value, { headers: { 'cache-control': 'no-store' } })
      return refusal(422, { message: await words(result.reason), key: result.reason.key })
    } catch (error) {
      if (goesOn(error)) throw error
      const failed = failure(`${as} ${request.method}`, error)
      return refusal(failed.ours ? 500 : 422, { message: await words(failed.reason) })
    }
  }
}

type Read = { ok: true; value: unknown } | { ok: false; status: RefusalStatus; key: string }

async function bodyOf(request: Request, read: Options<unknown>['read']): Promise<Read> {
  const bytes = await bytesOf(request, BATCH_LIMIT.bytes)
  if (!bytes) return { ok: false, status: 413, key: 'gate.too_large' }
  const type = request.headers.get('content-type') ?? ''
  const other = read?.(type, bytes)
  if (other) return other
  if (!/^application\/json\s*(;|$)/i.test(type)) return { ok: false, status: 415, key: 'gate.not_json_type' }
  return parseJson(bytes, BATCH_LIMIT)
}

function asked({ url }: Request): Read {
  const pairs = [...new URL(url).searchParams].map(([name, value]) => [name, cleanText(value)] as const)
  return { ok: true, value: Object.fromEntries(pairs) }
}

async function words(reason: Reason): Promise<string> {
  return (await say(reason, 'en')).text
}
