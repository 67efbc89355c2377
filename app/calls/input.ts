import { z } from 'zod'
import { CALL_DIRECTIONS, CALL_EVENTS } from '#db/schema/call.ts'

const text = (most: number) => z.string().trim().max(most, 'calls.invalid.too_long')
const optional = (most: number) =>
  text(most)
    .nullish()
    .transform((said) => said || null)

/** Switchboards write hours as ISO 8601, or as seconds or milliseconds since 1970. */
const hour = z
  .union([z.iso.datetime({ offset: true }), z.coerce.number().positive()], 'calls.invalid.hour')
  .nullish()
  .transform((said) => {
    if (said === null || said === undefined) return null
    if (typeof said === 'string') return Date.parse(said)
    return said < 1e11 ? said * 1_000 : said
  })

const DIRECTION: Record<string, (typeof CALL_DIRECTIONS)[number]> = {
  in: 'in',
  inbound: 'in',
  incoming: 'in',
  out: 'out',
  outbound: 'out',
  outgoing: 'out',
}
const EVENT = new Map(CALL_EVENTS.map((event) => [event.toLowerCase(), event]))

/** `user` of sipgate is a list of those who were rung; the one who answered stands alone. */
const user = z
  .union([text(120), z.array(text(120)).max(100)])
  .nullish()
  .transform((said) => (Array.isArray(said) ? (said.length === 1 ? (said[0] ?? null) : null) : said || null))

/** POST /api/cti/{token}: Zammad's and sipgate's generic CTI; callId or call_id; hours and talk when told at the end. */
export const ctiInput = z
  .object({
    event: z
      .string({ error: 'calls.invalid.event' })
      .transform((said) => EVENT.get(said.trim().toLowerCase()) ?? said)
      .pipe(z.enum(CALL_EVENTS, 'calls.invalid.event')),
    callId: optional(200),
    call_id: optional(200),
    from: z.coerce.string().trim().max(300).default(''),
    to: z.coerce.string().trim().max(300).default(''),
    direction: z
      .string({ error: 'calls.invalid.direction' })
      .transform((said) => DIRECTION[said.trim().toLowerCase()] ?? said)
      .pipe(z.enum(CALL_DIRECTIONS, 'calls.invalid.direction')),
    user,
    answeringNumber: optional(120),
    queue: optional(120),
    cause: optional(60),
    startedAt: hour,
    answeredAt: hour,
    duration: z.coerce
      .number('calls.invalid.duration')
      .min(0, 'calls.invalid.duration')
      .max(86_400, 'calls.invalid.duration')
      .nullish()
      .transform((seconds) => seconds ?? null),
  })
  .transform(({ callId, call_id: other, ...rest }) => ({ ...rest, callId: callId ?? other ?? '' }))
  .refine(({ callId }) => callId !== '', { message: 'calls.invalid.call_id', path: ['callId'] })
export type CtiSaid = z.output<typeof ctiInput>

const id = z.coerce.number().int().positive()
export const calledBackInput = z.object({
  callId: id,
  result: z
    .string({ error: 'calls.invalid.result' })
    .trim()
    .min(1, 'calls.invalid.result')
    .max(400, 'calls.invalid.too_long'),
})
export const linkInput = z.object({
  callId: id,
  reference: z.string({ error: 'calls.invalid.reference' }).trim().min(1, 'calls.invalid.reference').max(40),
})
export const telephoneInput = z.object({ name: text(120).default('') })
export type Input<Schema extends z.ZodType> = z.output<Schema>
