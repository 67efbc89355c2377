import { sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { asActor } from '#db/transaction.ts'
import { before, daysOf, FORGOTTEN } from '../rules/retention.ts'

/** Of one kind in one turn: a year's worth is forgotten in many short ones. */
const AT_ONCE = 500

/** The clock's own command: what has been kept long enough is forgotten, and how much of what is written down; never whose. */
export function forgetOld(clock: MachineActor, now: Date, atOnce = AT_ONCE): Promise<{ more: boolean }> {
  return asActor(clock, async (tx) => {
    const [row] = await tx.execute<{ value: Record<string, unknown> }>(
      sql`select value from setting where key = 'retention'`,
    )
    const forgotten: Record<string, number> = {}
    for (const what of FORGOTTEN) {
      const days = daysOf(what, row?.value ?? {})
      if (days === null) continue
      const [done] = await tx.execute<{ n: number }>(
        what === 'mass_messages'
          ? sql`select app.forget_mass_messages(${before(now, days).toISOString()}::timestamptz, ${atOnce}::int) as n`
          : sql`select app.forget(${what}, ${before(now, days).toISOString()}::timestamptz, ${atOnce}::int) as n`,
      )
      if (done?.n) forgotten[what] = done.n
    }
    const counts = Object.values(forgotten)
    if (counts.length > 0)
      await append(tx, clock, {
        chain: 'operations',
        event: 'operations.forgotten',
        visibility: 'internal',
        at: now,
        data: forgotten,
      })
    return { more: counts.some((n) => n >= atOnce) }
  })
}
