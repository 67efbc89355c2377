import { machine } from '#app/_auth/actor.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { failure } from '#app/_doors/failure.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { readTold } from '#app/_doors/told.ts'
import { takeCallBack, takeVoice, voiceTold } from '#app/notifications/commands/call-back.ts'
import { isReceiptsToken, readAnswerCode } from '#app/notifications/seal.ts'

const FRESH = { headers: { 'cache-control': 'no-store' } }

type Context = { params: Promise<{ channel: string; token: string }> }

/**
 * What a gateway tells of a message that it took: JSON, a form, or a plain query. Of a message that is none of ours it is kept, and
 * answered the same: a gateway that is refused tells it again for ever.
 */
async function answer(request: Request, { params }: Context): Promise<Response> {
  const { channel, token } = await params
  const call = channel === 'voice' ? readAnswerCode(token) : null
  if (call === null && !isReceiptsToken(channel, token)) return refusal(404)
  const told = await readTold(request)
  if (!told.ok) return refusal(told.status, { key: told.key })
  try {
    if (call !== null) {
      const read = voiceTold.safeParse(told.value)
      if (!read.success) return refusal(422, { message: 'An event is ringing, answered, key or ended.' })
      return Response.json(await takeVoice(machine('gateway'), call, read.data, clockNow()), FRESH)
    }
    const taken = await takeCallBack(machine('gateway'), channel, told.value, clockNow())
    if (!taken) return refusal(422, { message: 'No message is named in this.' })
    return Response.json({ status: 'ok' }, FRESH)
  } catch (error) {
    failure('receipts', error)
    return refusal(500)
  }
}

export const POST = answer
export const GET = answer
