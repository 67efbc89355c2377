import { type AccountActor, ownerKey } from '#app/_auth/actor.ts'
import { actorOfSession } from '#app/_auth/lookup.ts'
import { apiDoor } from '#app/_doors/api.ts'
import { KEPT_LIMIT } from '#app/_doors/body-limits.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { secondAddress } from '#app/_offline/second.ts'
import { sessionOfTicket } from '#app/_offline/second-ticket.ts'
import { answersOf, keptReport } from '#app/cases/new/kept.ts'
import { sendAnswers } from '#app/cases/new/send.ts'

/** What waited on a device, when a way is back. An exercise's report never becomes a real one. */
const door = apiDoor(
  keptReport,
  async (actor, kept, now): Promise<Result<{ reference: string }>> => {
    if (kept.owner !== ownerKey(actor)) return refused('kept.refused.world')
    const read = answersOf(kept, now)
    if (!read.ok) return read
    const sent = await sendAnswers(actor, read.value.answers, now, read.value)
    return sent.ok ? done({ reference: sent.value.reference }) : sent
  },
  { may: 'cases.report', scope: 'report', inExercise: true, session: true, limit: KEPT_LIMIT, ticket },
)

export async function POST(request: Request): Promise<Response> {
  return toOtherAddress(await door(request, undefined))
}

/** A page of our other address asks whether it may; any other page may not. */
export function OPTIONS(): Response {
  return toOtherAddress(new Response(null, { status: 204 }))
}

/** The session that a ticket of our other address names. */
async function ticket(asked: Headers, now: Date): Promise<AccountActor | null> {
  const sessionId = await sessionOfTicket(asked.get('authorization'))
  return sessionId ? actorOfSession(sessionId, now) : null
}

function toOtherAddress(answer: Response): Response {
  const other = secondAddress()
  if (!other) return answer
  const headers = new Headers(answer.headers)
  headers.set('access-control-allow-origin', other)
  headers.set('access-control-allow-headers', 'authorization, content-type')
  headers.set('vary', 'origin')
  return new Response(answer.body, { status: answer.status, headers })
}
