import { machine } from '#app/_auth/actor.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { failure } from '#app/_doors/failure.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { readTold } from '#app/_doors/told.ts'
import { takeCallBack } from '#app/notifications/commands/call-back.ts'
import { isReceiptsToken } from '#app/notifications/seal.ts'

type Context = { params: Promise<{ channel: string; token: string }> }

/**
 * What a gateway tells of a message that it took: JSON, a form, or a plain query. Of a message that is none of ours it is kept, and
 * answered the same: a gateway that is refused tells it again for ever.
 */
async function answer(request: Request, { params }: Context): Promise<Response> {
  const { channel, token } = await params
  if (!isReceiptsToken(channel, token)) return refusal(404)
  const told = await readTold(request)
  if (!told.ok) return refusal(told.status, { key: told.key })
  try {
    const taken = await takeCallBack(machine('gateway'), channel, told.value, clockNow())
    if (!taken) return refusal(422, { message: 'No message is named in this.' })
    return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    failure('receipts', error)
    return refusal(500)
  }
}

export const POST = answer
export const GET = answer
