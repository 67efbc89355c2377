import { CORRELATION, type Threshold } from '#app/incidents/rules/thresholds.ts'

/** Numbers of the thirty minutes (DOMAIN §4, §5), with why each is not one higher. */
export const CLOCK = {
  clockMin: {
    value: 30,
    unit: 'min',
    source: 'DOMAIN §4',
    why: 'The recommendation after 2 June 2021: two hours become thirty minutes. Nothing above keeps it.',
  },
  silenceBeforeEndMin: {
    value: 5,
    unit: 'min',
    source: 'DOMAIN §5',
    why: 'Time to gather people once the machine has decided; six would take a sixth of the time a person has to answer.',
  },
  ladderStepMin: {
    value: 5,
    unit: 'min',
    source: 'DOMAIN §5',
    why: 'Five people can be called within twenty-five minutes; at six, four.',
  },
  lateSteps: {
    value: 3,
    unit: 'steps',
    source: 'own',
    why: 'Asked after the end of its clock: with one step the second person would never be called; a fourth would add five minutes to a promise already broken.',
  },
  noticeAckMin: {
    value: 10,
    unit: 'min',
    source: 'own',
    why: 'A notice counts once acknowledged; then someone telephones, while the thirty minutes to authorities still run.',
  },
  verifiedWays: {
    value: 2,
    unit: 'ways',
    source: 'own',
    why: 'The failure may be the very network that rings; a third way is more than many people have.',
  },
} as const satisfies Record<string, Threshold>

/** Every threshold an administrator may read and change. */
export const THRESHOLDS = { ...CORRELATION, ...CLOCK }
export type ThresholdKey = keyof typeof THRESHOLDS

export type ClockValues = Record<keyof typeof CLOCK, number>

export function clockValues(overrides: Partial<ClockValues> = {}): ClockValues {
  const keys = Object.keys(CLOCK) as (keyof typeof CLOCK)[]
  return Object.fromEntries(keys.map((key) => [key, overrides[key] ?? CLOCK[key].value])) as ClockValues
}
