import { z } from 'zod'
import { firstFault } from '#app/_doors/rules/first-fault.ts'
import { isKnownNumber } from '#db/reference/numbers.ts'
import { isTerritory } from '#db/reference/territories.ts'
import { AHEAD_MS, OLDEST_MS } from './result-line.ts'

/** A window of a switch: five minutes are usual, an hour the longest that still says when. */
const LONGEST_MS = 3_600_000

const count = z.coerce
  .number('supervision.count.number')
  .int('supervision.count.number')
  .min(0, 'supervision.count.number')
  .max(10_000_000, 'supervision.count.number')
const hour = z.iso
  .datetime({ offset: true, error: 'supervision.count.hour' })
  .transform((said) => Date.parse(said))

/** What a switch or a session border controller counted in one window, of one number in one territory. */
export const countLine = z.object({
  source: z
    .string('supervision.count.source')
    .trim()
    .min(1, 'supervision.count.source')
    .max(60, 'supervision.count.source'),
  number: z.coerce.string(),
  territory: z.coerce.string(),
  from: hour,
  to: hour,
  attempts: count,
  seizures: count,
  answers: count,
  busy: count.default(0),
  noAnswer: count.default(0),
  rejected: count.default(0),
})
export type CountLine = z.output<typeof countLine>
export type CountVerdict = { ok: true; count: CountLine } | { ok: false; field: string; key: string }

/** May this window be kept: the first thing that is wrong with it, by name. */
export function judgeCount(raw: unknown, now: number): CountVerdict {
  const read = countLine.safeParse(raw)
  if (!read.success) return { ok: false, ...firstFault(read.error, 'supervision.count.shape') }
  const said = read.data
  if (!isKnownNumber(said.number)) return no('number', 'supervision.line.unknown_number')
  if (!isTerritory(said.territory)) return no('territory', 'supervision.line.unknown_territory')
  if (said.to <= said.from || said.to - said.from > LONGEST_MS) return no('to', 'supervision.count.window')
  if (said.to > now + AHEAD_MS) return no('to', 'supervision.line.future')
  if (said.from < now - OLDEST_MS) return no('from', 'supervision.line.too_old')
  if (said.seizures > said.attempts) return no('seizures', 'supervision.count.more')
  if (said.answers + said.busy + said.noAnswer + said.rejected > said.seizures)
    return no('answers', 'supervision.count.more')
  return { ok: true, count: said }
}

function no(field: string, key: string): CountVerdict {
  return { ok: false, field, key }
}
