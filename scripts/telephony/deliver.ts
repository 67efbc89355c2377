import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

type Options = {
  /** Address of the door with its key: https://…/api/cti/KEY */
  to: string
  secret?: string | undefined
  say: (line: string) => void
  /** So many events wait while the portal is away; beyond, the oldest go: an hour of a busy hotline. */
  most?: number
  pauseMs?: number
}

/** Hands events to the portal one after the other; while it is away they wait, in their order. A refusal is said and not repeated. */
export function makeDelivery({ to, secret, say, most = 10_000, pauseMs = 1_000 }: Options) {
  const waiting: string[] = []
  let running: Promise<void> | null = null

  async function run() {
    for (;;) {
      const [body] = waiting
      if (body === undefined) return
      const status = await post(body)
      if (status === null || status >= 500 || status === 429) {
        await wait(pauseMs)
        continue
      }
      if (status >= 400) say(`refused (${status}): ${named(body)}`)
      waiting.shift()
    }
  }
  async function post(body: string): Promise<number | null> {
    const signature = secret ? `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` : ''
    try {
      const answer = await fetch(to, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(signature ? { 'x-signature': signature } : {}) },
        body,
        signal: AbortSignal.timeout(5_000),
      })
      await answer.arrayBuffer()
      return answer.status
    } catch {
      return null
    }
  }
  return {
    add(event: unknown) {
      waiting.push(typeof event === 'string' ? event : JSON.stringify(event))
      if (waiting.length > most) {
        waiting.shift()
        say('the portal has been away too long: the oldest event is given up')
      }
      running ??= run().finally(() => {
        running = null
      })
    },
    idle: async () => {
      await running
    },
  }
}

/** Which event it was, without whose number: a log holds none. */
function named(body: string): string {
  try {
    const { event, callId } = JSON.parse(body) as { event?: unknown; callId?: unknown }
    return `${event} ${callId}`
  } catch {
    return 'unreadable'
  }
}
