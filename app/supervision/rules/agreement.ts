import { isKnownNumber } from '#db/reference/numbers.ts'

export type Agreed = {
  number: string
  destination: string
  emergencyItself: boolean
  writtenAs: string | null
  agreedOn: string
  until: string | null
  fromHour: number
  toHour: number
  mostPerHour: number
  endedAt: number | null
}

export type AgreementVerdict =
  | { allowed: true }
  | { allowed: false; key: string; values?: Record<string, string | number>; field?: string }

/** So many calls an hour to one centre at most, whatever it agreed to: one every two minutes is felt by a room [D]. */
export const MOST_PER_HOUR = 60
/** No probe calls one destination more often than this: the next call would begin before the last is known [D]. */
export const LEAST_EVERY_S = 60
export const MOST_EVERY_S = 86_400

/** Is this destination an emergency number itself, however it is written: 15, sip:15@…, tel:112. */
export function isEmergencyNumber(destination: string): boolean {
  const [, user = ''] = /^(?:sips?:|tel:)?([^@;]+)/i.exec(destination.trim()) ?? []
  return isKnownNumber(user.replace(/[\s.-]/g, ''))
}

/**
 * Who may be called: a test destination that its centre agreed to. The emergency number itself (15, 17, 18, 112…) only when the
 * centre agreed in writing: a test call takes the place of a person.
 */
export function judgeAgreement(one: Omit<Agreed, 'endedAt'>, today: string): AgreementVerdict {
  if (isEmergencyNumber(one.destination) && !one.emergencyItself)
    return no('supervision.refused.emergency_itself', 'destination')
  if (one.emergencyItself && !one.writtenAs?.trim()) return no('supervision.refused.not_written', 'writtenAs')
  if (one.agreedOn > today) return no('supervision.refused.agreed_later', 'agreedOn')
  if (one.until !== null && one.until < today) return no('supervision.refused.over', 'until')
  return { allowed: true }
}

/** May it be called at this moment: agreed, not ended, in its hours. `hour` and `today` are local to its territory. */
export function judgeCall(one: Agreed, at: { today: string; hour: number; now: number }): AgreementVerdict {
  if (one.endedAt !== null && one.endedAt <= at.now) return no('supervision.refused.ended')
  const agreed = judgeAgreement(one, at.today)
  if (!agreed.allowed) return agreed
  return inHours(one, at.hour) ? { allowed: true } : no('supervision.refused.hours')
}

/** The same hour twice is the whole day; 22 to 6 passes midnight. */
export function inHours({ fromHour, toHour }: Pick<Agreed, 'fromHour' | 'toHour'>, hour: number): boolean {
  if (fromHour === toHour) return true
  return fromHour < toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour
}

/** How often a probe may call without the centre being called more than it accepts, all probes together. */
export function judgePlan(
  everyS: number,
  others: readonly number[],
  { mostPerHour }: Pick<Agreed, 'mostPerHour'>,
): AgreementVerdict {
  const perHour = [everyS, ...others].reduce((sum, every) => sum + 3600 / every, 0)
  if (perHour <= mostPerHour) return { allowed: true }
  return {
    ...no('supervision.refused.too_often', 'everyMin'),
    values: { calls: Math.ceil(perHour), most: mostPerHour },
  }
}

function no(key: string, field?: string): Extract<AgreementVerdict, { allowed: false }> {
  return field ? { allowed: false, key, field } : { allowed: false, key }
}
