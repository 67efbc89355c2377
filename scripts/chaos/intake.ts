import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Sender } from '../testing/own-service.ts'
import { reportOf } from '../testing/report-of.ts'

/** What the senders were told: by their own identifier, the number given and when. */
export type Accepted = Map<string, { reference: string; at: number }>

export type Intake = {
  accepted: Accepted
  /** Answers that were neither a number nor "later": words of the service, each once. */
  odd: Set<string>
  /** How often each status was answered; 0: nobody answered. */
  statuses: Map<number, number>
  end: () => Promise<void>
}

const AGAIN_MS = 100
/** A sender that hears nothing for so long asks again. */
const PATIENCE_MS = 12_000

/**
 * Reports from so many lanes at once, each insisting with the same report until it has its number, as a client should: at the
 * next of several addresses when one fails.
 */
export function startIntake(bases: string[], senders: Sender[], lanes: number): Intake {
  const accepted: Accepted = new Map()
  const odd = new Set<string>()
  const statuses = new Map<number, number>()
  let going = true

  async function send(
    base: string,
    asked: ReturnType<typeof reportOf>,
    externalId: string,
  ): Promise<boolean> {
    const answer = await fetch(base + asked.path, { ...asked, signal: AbortSignal.timeout(PATIENCE_MS) })
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    const text = await answer.text()
    if (answer.status === 200 || answer.status === 201) {
      accepted.set(externalId, { reference: (JSON.parse(text) as { id: string }).id, at: Date.now() })
      return true
    }
    const later = answer.status === 503 && answer.headers.has('retry-after') && text !== ''
    if (!later && answer.status !== 429) odd.add(`${answer.status} ${text.slice(0, 200)}`)
    return false
  }

  async function lane(rank: number): Promise<void> {
    let at = rank
    for (let n = rank; going; n += lanes) {
      const externalId = randomUUID()
      const asked = reportOf(senders[n % senders.length] as Sender, externalId)
      for (;;) {
        const told = await send(bases[at % bases.length] as string, asked, externalId).catch(() => {
          statuses.set(0, (statuses.get(0) ?? 0) + 1)
          return false
        })
        if (told || !going) break
        at++
        await wait(AGAIN_MS)
      }
    }
  }

  const running = Array.from({ length: lanes }, (_, rank) => lane(rank))
  return {
    accepted,
    odd,
    statuses,
    async end() {
      going = false
      await Promise.all(running)
    },
  }
}
