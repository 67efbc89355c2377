import { isAway } from '#db/away.ts'
import type { Refusal } from './result.ts'

/**
 * What a door says when a command ended in an error: words, and nothing of what the database said. What it could not take
 * (a number too large, a reference to nothing) is the sender's to correct; anything else is ours.
 */
export function failure(where: string, error: unknown): Refusal & { ours: boolean } {
  const { code, told } = causeOf(error)
  console.error(where, told)
  const ours = !/^2[23]/.test(code)
  return { ok: false, ours, reason: { key: ours ? 'forms.failed' : 'forms.untakable' } }
}

/** The code and the place of the first cause; never its message, which bears what was sent. */
function causeOf(error: unknown): { code: string; told: string } {
  let cause = error
  for (let depth = 0; depth < 5 && cause instanceof Error && cause.cause instanceof Error; depth++)
    cause = cause.cause
  if (!(cause instanceof Error)) return { code: '', told: typeof cause }
  const {
    code = '',
    constraint_name,
    routine,
  } = cause as Partial<Record<'code' | 'constraint_name' | 'routine', string>>
  if (/^[0-9A-Z]{5}$/.test(code))
    return { code, told: [cause.name, code, constraint_name, routine].filter(Boolean).join(' ') }
  return { code, told: cause.stack ?? cause.name }
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
