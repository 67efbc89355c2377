import { sql } from 'drizzle-orm'
import { type Actor, may } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { pilotPhone } from '#db/schema/broadcast.ts'
import { inReality } from '#db/transaction.ts'
import type { Input, pilotsInput } from '../input.ts'
import { audienceOf } from '../rules/list.ts'

/** The whole register of pilot telephones, as it is typed: a number, its network and who holds it, a line each. */
export function savePilots(
  actor: Actor,
  input: Input<typeof pilotsInput>,
  now: Date,
): Promise<Result<{ count: number }>> {
  return inReality(actor, async (tx, real) => {
    if (!may(actor, 'instructions.decide')) return refused('broadcasts.refused.absent')
    const lines = input.list
      .split(/\r?\n/)
      .map((line) => line.split(';').map((cell) => cell.trim()))
      .filter((cells) => cells.some(Boolean))
    const rows: { phone: string; network: string; holder: string }[] = []
    for (const [at, [written = '', network = '', holder = '']] of lines.entries()) {
      const [one] = audienceOf([{ written, name: holder }], new Set()).kept
      if (!one || !network || !holder || network.length > 80 || holder.length > 120)
        return refusedField('list', 'broadcasts.refused.pilot_line', { line: at + 1 })
      if (rows.some((row) => row.phone === one.phone))
        return refusedField('list', 'broadcasts.refused.pilot_twice', { line: at + 1 })
      rows.push({ phone: one.phone, network, holder })
    }
    await tx.delete(pilotPhone).where(sql`true`)
    if (rows.length > 0) await tx.insert(pilotPhone).values(rows)
    await append(tx, real, {
      ...{ chain: 'cell', at: now, event: 'setting.changed', visibility: 'internal' },
      data: { key: 'pilots', count: rows.length },
    })
    return { ok: true, value: { count: rows.length } }
  })
}
