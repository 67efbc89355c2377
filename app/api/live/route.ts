import type { AccountActor } from '#app/_auth/actor.ts'
import { actorOfSession, inExercise } from '#app/_auth/lookup.ts'
import { currentSessionId, getActor } from '#app/_auth/session.ts'
import { answerTooMany, factor } from '#app/_doors/budget.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { tooMany } from '#app/_doors/result.ts'
import { STREAMS } from '#app/_doors/rules/budgets.ts'
import { frame } from '#app/_live/hub.ts'
import { hub, streams, streamsBySession } from '#app/_live/server.ts'
import { outOfRequest } from '#db/away.ts'

export const dynamic = 'force-dynamic'

/** Whether a session has ended is looked at every few seconds (app/_live/server.ts); what else changed of its holder, here. */
const RECHECK_MS = 60_000
/** A reader this far behind reads no more: closing lets it connect again and catch up. */
const MOST_WAITING = 1_000
/** When all places are taken: browsers that died give theirs back within this while. */
const FULL_FOR_MS = 60_000

/** Server-sent events for whoever is signed in: hints that something he may see has changed, never the thing. */
export async function GET(request: Request): Promise<Response> {
  const [actor, sessionId] = [await getActor(), await currentSessionId()]
  if (!actor || !sessionId) return refusal(401)
  const places = [
    { key: `session:${sessionId}`, most: STREAMS.session * factor() },
    { key: `account:${actor.accountId}`, most: STREAMS.account * factor() },
  ]
  const giveBack = streams().take(places)
  if (!giveBack) return answerTooMany(tooMany(FULL_FOR_MS), actor.locale)
  const encoder = new TextEncoder()
  let close = () => {}

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => {
          if ((controller.desiredSize ?? 0) < -MOST_WAITING) return close()
          try {
            controller.enqueue(encoder.encode(text))
          } catch {
            // Gone without a word: one dead stream must not keep the others from hearing.
            close()
          }
        }
        // The stream outlives the time of the request that opened it.
        const recheck = () =>
          outOfRequest(async () => {
            const still = await stillTheSame(actor, sessionId)
            if (still === 'gone') send(frame({ event: 'bye', at: Date.now() }))
            if (still !== 'same') close()
          })
        // A broken line is tried again after a second.
        send('retry: 1000\n\n')
        const leave = hub().open({ viewer: actor, send, recheck })
        const mine = { sessionId, recheck }
        streamsBySession().add(mine)
        const timer = setInterval(recheck, RECHECK_MS)
        close = () => {
          close = () => {}
          clearInterval(timer)
          streamsBySession().delete(mine)
          leave()
          giveBack()
          try {
            controller.close()
          } catch {
            // the reader was first
          }
        }
        if (request.signal.aborted) close()
        else request.signal.addEventListener('abort', () => close(), { once: true })
      },
      cancel: () => close(),
    },
    { highWaterMark: 16 },
  )
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

/** Whether a stream would be given: an EventSource cannot tell a refusal from a broken line. */
export async function HEAD(): Promise<Response> {
  return (await getActor()) ? new Response(null, { status: 204 }) : new Response(null, { status: 401 })
}

// Looking is no sign of life of the person: it does not prolong the session.
async function stillTheSame(actor: AccountActor, sessionId: string): Promise<'same' | 'changed' | 'gone'> {
  try {
    const found = await actorOfSession(sessionId, new Date(), { touch: false })
    if (!found) return 'gone'
    const now = actor.exerciseId === null ? found : await inExercise(found, actor.exerciseId)
    return JSON.stringify(now) === JSON.stringify(actor) ? 'same' : 'changed'
  } catch {
    // The database does not answer: the hub says "down", the next look decides.
    return 'same'
  }
}
