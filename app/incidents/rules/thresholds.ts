/**
 * Numbers of the trigger rules, each with its source and why it is not one higher (DOMAIN §5; words for the
 * administrator are in messages `triggers.threshold`). An administrator may override the values.
 */
export type Threshold = {
  value: number
  unit: 'min' | 'days' | 'steps' | 'ways' | 'organisations' | 'calls' | 'share'
  source: 'DOMAIN §4' | 'DOMAIN §5' | 'DOMAIN §6' | 'own'
  why: string
}

const threshold = (
  value: number,
  unit: Threshold['unit'],
  source: Threshold['source'],
  why: string,
): Threshold => ({ value, unit, source, why })

export const CORRELATION = {
  ownTestFailures: threshold(
    2,
    'calls',
    'DOMAIN §5',
    'One failed call may be chance; with three of three a failure that loses half of the calls would be missed seven times in eight.',
  ),
  ownTestShare: threshold(
    0.1,
    'share',
    'DOMAIN §4',
    'The share lost that makes a failure départemental; 2 June 2021 lost 11 %. Above it, that evening would pass for noise.',
  ),
  sameTerritoryOrganisations: threshold(
    2,
    'organisations',
    'DOMAIN §5',
    'A département has four or five centres: a third would often be one that nobody calls at that hour.',
  ),
  sameTerritoryMin: threshold(
    20,
    'min',
    'DOMAIN §5',
    'Two thirds of the thirty minutes: later, the N3 authorities could no longer be told in time.',
  ),
  proposeDays: threshold(
    55,
    'days',
    'own',
    'Once in eight weeks on ordinary days: a director who is woken for nothing more often than monthly switches the machine off; at ten weeks, simulated, a third more losses of one territory overseas are missed, at six the desk is asked half as often again.',
  ),
  activateDays: threshold(
    540,
    'days',
    'own',
    'A cell that wakes by itself for nothing is forgiven twice a year. Longer would leave a region of silence to one person who sleeps.',
  ),
  probeDays: threshold(
    3650,
    'days',
    'own',
    'Test calls alone, all scopes together, once in ten years: a machine that cries wolf nationally is believed no more. Simulated, 11 % lost is still seen in three to eight minutes; once in a century would cost one more.',
  ),
  duplicateMin: threshold(
    120,
    'min',
    'own',
    'A mairie learns of a failure from its inhabitants one or two hours after the centre; later it speaks of a failure that lasts.',
  ),
  sameCaseMin: threshold(
    24 * 60,
    'min',
    'DOMAIN §6',
    'Within a day a case keeps its number; later it is a new case.',
  ),
  incidentGapMin: threshold(
    120,
    'min',
    'own',
    'In the evening of 2 June reports stayed under ninety minutes apart; beyond two hours a person attaches, not the machine.',
  ),
} as const satisfies Record<string, Threshold>

export type CorrelationKey = keyof typeof CORRELATION
export type CorrelationValues = Record<CorrelationKey, number>

/** The values in force: the defaults, with what an administrator changed. */
export function correlationValues(overrides: Partial<CorrelationValues> = {}): CorrelationValues {
  const keys = Object.keys(CORRELATION) as CorrelationKey[]
  return Object.fromEntries(
    keys.map((key) => [key, overrides[key] ?? CORRELATION[key].value]),
  ) as CorrelationValues
}

/** What happens once in so many years is proposed, and activates if nobody answers. */
export function watchLimits(values: CorrelationValues = correlationValues()): {
  proposeYears: number
  activateYears: number
} {
  return { proposeYears: values.proposeDays / 365, activateYears: values.activateDays / 365 }
}
