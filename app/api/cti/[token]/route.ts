import { createHmac, timingSafeEqual } from 'node:crypto'
import { machine } from '#app/_auth/actor.ts'
import { deviceOfToken } from '#app/_auth/lookup.ts'
import { hashToken } from '#app/_auth/token.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { failure, goesOn } from '#app/_doors/failure.ts'
import { misread } from '#app/_doors/misread.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { say } from '#app/_doors/say.ts'
import { readAnyBody } from '#app/_doors/told.ts'
import { hearCall } from '#app/calls/commands/hear.ts'
import { ctiInput } from '#app/calls/input.ts'

/** Events that switchboards send of their own and that change nothing here. */
const NOT_OURS = /^(dtmf|hold|unhold|ringing|data|transfer)$/i

/**
 * What the switchboard of the hotline says of its calls: the generic CTI of Zammad and sipgate (README, "The hotline's
 * telephone"). The key stands in the address, as those switchboards can send no header; with PERMANENCE_CTI_SECRET set each
 * body is signed too.
 */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  try {
    const { token } = await params
    const known = /^[\w.~-]{20,200}$/.test(token)
    const source = known ? await deviceOfToken(hashToken(token), 'telephony', clockNow()) : null
    // An unknown key and one of another kind are the same answer.
    if (source === null) return refusal(404)
    const { read, bytes } = await readAnyBody(request)
    if (!signed(request.headers.get('x-signature'), bytes)) return refusal(401)
    if (!read.ok) return refusal(read.status, { message: (await say({ key: read.key }, 'en')).text })
    const { event } = Object(read.value) as { event?: unknown }
    if (typeof event === 'string' && NOT_OURS.test(event)) return answer({ ignored: event })
    const parsed = ctiInput.safeParse(read.value)
    if (!parsed.success) return await misread(parsed.error.issues, read.value)
    return answer(await hearCall(machine('telephony'), source, parsed.data, clockNow()))
  } catch (error) {
    if (goesOn(error)) throw error
    const failed = failure('cti', error)
    return refusal(failed.ours ? 500 : 422, { message: (await say(failed.reason, 'en')).text })
  }
}

function answer(value: object): Response {
  return Response.json(value, { headers: { 'cache-control': 'no-store' } })
}

/** 'sha256=HEX' of the whole body, when a secret is agreed. */
function signed(given: string | null, bytes: Uint8Array): boolean {
  const secret = process.env.PERMANENCE_CTI_SECRET
  if (!secret) return true
  const wanted = createHmac('sha256', secret).update(bytes).digest()
  const said = Buffer.from(given?.replace(/^sha256=/i, '') ?? '', 'hex')
  return said.length === wanted.length && timingSafeEqual(said, wanted)
}
