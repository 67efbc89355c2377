import { z } from 'zod'
import { firstFault } from '#app/_doors/rules/first-fault.ts'
import { isKnownNumber } from '#db/reference/numbers.ts'
import { isTerritory } from '#db/reference/territories.ts'
import type { CallVerdict } from '#db/schema/supervision.ts'
import { verdictOf } from './verdict.ts'

/** A clock of a probe may be ahead of ours by so much: the same as for people's tests. */
export const AHEAD_MS = 120_000
/** A portal away for three days is told of all its days; older says nothing of a failure that anybody can still act upon [D]. */
export const OLDEST_MS = 3 * 86_400_000

const whole = (most: number) =>
  z
    .number('supervision.line.number')
    .int('supervision.line.number')
    .min(0, 'supervision.line.number')
    .max(most, 'supervision.line.number')

/** One call as a probe tells it: `POST /api/v1/probes/results`. */
export const resultLine = z.object({
  /** Made by the probe, once for each call: sent again, it is the same call. */
  id: z.string('supervision.line.id').trim().min(8, 'supervision.line.id').max(64, 'supervision.line.id'),
  agreement: z
    .number('supervision.line.agreement')
    .int('supervision.line.agreement')
    // Below it are fallback numbers (app/fallbacks/rules/probed.ts).
    .refine((id) => id !== 0, 'supervision.line.agreement'),
  /** As the probe knows them: compared with the agreement when they are said. */
  number: z.string('supervision.line.number').max(12, 'supervision.line.number').optional(),
  territory: z.string('supervision.line.territory').max(12, 'supervision.line.territory').optional(),
  burst: z
    .number('supervision.line.burst')
    .int('supervision.line.burst')
    .positive('supervision.line.burst')
    .nullish(),
  at: z.iso.datetime({ offset: true, error: 'supervision.line.at' }).transform((said) => Date.parse(said)),
  /** Null when the call could not be placed. */
  sip: whole(699).nullable(),
  cause: whole(127).nullish(),
  rang: z.boolean('supervision.line.rang').default(false),
  delayMs: whole(600_000).nullish(),
  talkMs: whole(3_600_000).nullish(),
})
export type ResultLine = z.output<typeof resultLine>

/** Those that this probe calls or called: their number and territory. */
export type Agreements = ReadonlyMap<number, { number: string; territory: string }>

export type KeptLine = {
  key: string
  agreement: number
  number: string
  territory: string
  burst: number | null
  at: number
  verdict: CallVerdict
  sip: number | null
  cause: number | null
  delay: number | null
  talk: number | null
}
export type LineVerdict = { ok: true; line: KeptLine } | { ok: false; field: string; key: string }

/** May this line be kept: the first thing that is wrong with it, by name. */
export function judgeLine(raw: unknown, agreements: Agreements, now: number): LineVerdict {
  const read = resultLine.safeParse(raw)
  if (!read.success) return { ok: false, ...firstFault(read.error, 'supervision.line.shape') }
  const said = read.data
  if (said.number !== undefined && !isKnownNumber(said.number))
    return no('number', 'supervision.line.unknown_number')
  if (said.territory !== undefined && !isTerritory(said.territory))
    return no('territory', 'supervision.line.unknown_territory')
  const agreed = agreements.get(said.agreement)
  if (!agreed) return no('agreement', 'supervision.line.not_agreed')
  if ((said.number ?? agreed.number) !== agreed.number) return no('number', 'supervision.line.other_number')
  if ((said.territory ?? agreed.territory) !== agreed.territory)
    return no('territory', 'supervision.line.other_territory')
  if (said.at > now + AHEAD_MS) return no('at', 'supervision.line.future')
  if (said.at < now - OLDEST_MS) return no('at', 'supervision.line.too_old')
  const cause = said.cause ?? null
  return {
    ok: true,
    line: {
      ...{ key: said.id, agreement: said.agreement, ...agreed, burst: said.burst ?? null },
      // A clock a little ahead must not make a proof that is younger than now.
      at: Math.min(said.at, now),
      verdict: verdictOf({ sip: said.sip, cause, rang: said.rang }),
      ...{ sip: said.sip, cause, delay: said.delayMs ?? null, talk: said.talkMs ?? null },
    },
  }
}

function no(field: string, key: string): LineVerdict {
  return { ok: false, field, key }
}
