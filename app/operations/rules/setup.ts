/** What must be there before the first real report, counted (function app.setup). */
export type SetupFacts = {
  /** The demonstration: all of it is fictional, and its number may be. */
  demonstration: boolean
  hotline: string | null
  /** The number at which somebody called the hotline and was answered. */
  hotlineCalled: string | null
  teams: number
  routingRules: number
  /** Shifts that run or will. */
  shifts: number
  directors: number
  /** People of the cell with a way to be reached that is in use. */
  reachable: number
  /** What is set of the channels that leave the house, and how often each failed without a success since. */
  channels: { name: string; failures: number }[]
}

export type SetupKey =
  | 'no_team'
  | 'no_routing'
  | 'fictional_hotline'
  | 'uncalled_hotline'
  | 'empty_roster'
  | 'no_director'
  | 'nobody_reachable'
  | 'channels_unset'
  | 'channels_failing'

/** Where each is mended. */
export const MENDED_AT: Record<SetupKey, string> = {
  no_team: '/admin/teams',
  no_routing: '/admin/routing',
  fictional_hotline: '/admin/settings',
  uncalled_hotline: '/admin/settings',
  empty_roster: '/cell/roster',
  no_director: '/admin/accounts',
  nobody_reachable: '/cell/roster',
  channels_unset: '/admin/messaging',
  channels_failing: '/admin/messaging',
}

export function isSetup(key: string): key is SetupKey {
  return key in MENDED_AT
}

/** Without it a report goes nowhere, or nobody is woken; the others are put up with for a while. */
export const SETUP_TONE: Record<SetupKey, 'danger' | 'warn'> = {
  no_team: 'danger',
  no_routing: 'warn',
  fictional_hotline: 'danger',
  uncalled_hotline: 'warn',
  empty_roster: 'danger',
  no_director: 'warn',
  nobody_reachable: 'danger',
  channels_unset: 'danger',
  channels_failing: 'danger',
}

/** Numbers given to nobody, for films and examples (Arcep, decision 2018-0881). */
const FICTIONAL = /^(?:0|\+?33|0033)(?:19900|26191|35301|46571|53649|63998)/

/** What of the first steps was not taken. */
export function notSetUp(facts: SetupFacts): SetupKey[] {
  const found: [SetupKey, boolean][] = [
    ['no_team', facts.teams === 0],
    ['no_routing', facts.routingRules === 0],
    ['fictional_hotline', !facts.demonstration && isFictional(facts.hotline)],
    ['uncalled_hotline', facts.hotline !== null && facts.hotline !== facts.hotlineCalled],
    ['empty_roster', facts.shifts === 0],
    ['no_director', facts.directors === 0],
    ['nobody_reachable', facts.reachable === 0],
    // In the demonstration nothing may leave: every number in it is fictional.
    ['channels_unset', !facts.demonstration && WAKING.some((name) => !isSet(facts, name))],
    ['channels_failing', facts.channels.some((one) => one.failures >= FAILING_AFTER)],
  ]
  return found.flatMap(([key, missing]) => (missing ? [key] : []))
}

/** What wakes people: without both of them one failing network is silence. Mail and browsers are more, never instead. */
const WAKING = ['sms', 'voice']
/** Once is a network that blinks. */
export const FAILING_AFTER = 3

function isSet({ channels }: SetupFacts, name: string): boolean {
  return channels.some((one) => one.name === name)
}

/** The first steps of a new desk in the order they are taken, each done or not: the directory, then what nobody is called without. */
export function firstSteps(
  facts: SetupFacts,
  organisations: number,
): { key: (typeof STEPS)[number] | 'no_directory'; done: boolean }[] {
  const missing = notSetUp(facts)
  // The cell itself is one.
  return [
    { key: 'no_directory', done: organisations > 1 },
    ...STEPS.map((key) => ({ key, done: !missing.includes(key) })),
  ]
}

/** A way that fails is an incident of operations, no first step. */
const STEPS: Exclude<SetupKey, 'channels_failing'>[] = [
  'fictional_hotline',
  'uncalled_hotline',
  'no_team',
  'no_routing',
  'no_director',
  'empty_roster',
  'nobody_reachable',
  'channels_unset',
]

/** Nothing set is the number that the product comes with, which is one of them. */
function isFictional(number: string | null): boolean {
  return number === null || FICTIONAL.test(number.replace(/[^+\d]/g, ''))
}
