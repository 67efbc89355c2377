import { codeOf } from '#app/_log/cause.ts'
import { log } from '#app/_log/log.ts'
import { isAway } from '#db/away.ts'
import type { Refusal } from './result.ts'

/**
 * What a door says when a command ended in an error: words, and nothing of what the database said. What it could not take
 * (a number too large, a reference to nothing) is the sender's to correct; anything else is ours.
 */
export function failure(where: string, error: unknown): Refusal & { ours: boolean } {
  log.error({ where, error }, 'a command failed')
  const ours = !/^2[23]/.test(codeOf(error) ?? '')
  return { ok: false, ours, reason: { key: ours ? 'forms.failed' : 'forms.untakable' } }
}

/**
 * What goes on through a door: Next leads elsewhere, and says "not found", by throwing; a database that is away is answered the
 * same way behind all doors, by the web server (scripts/start/when-away.ts).
 */
export function goesOn(error: unknown): boolean {
  if (isAway(error)) return true
  const digest = (error as { digest?: unknown } | null)?.digest
  return typeof digest === 'string' && digest.startsWith('NEXT_')
}
