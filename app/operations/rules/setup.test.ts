import { expect, test } from 'vitest'
import { FAILING_AFTER, firstSteps, MENDED_AT, notSetUp, type SetupFacts } from './setup.ts'

const ready: SetupFacts = {
  demonstration: false,
  hotline: '05 57 12 34 56',
  hotlineCalled: '05 57 12 34 56',
  teams: 1,
  routingRules: 1,
  shifts: 1,
  directors: 1,
  reachable: 1,
  channels: [
    { name: 'sms', failures: 0 },
    { name: 'voice', failures: 0 },
  ],
}

const both = (number: string) => ({ hotline: number, hotlineCalled: number })

test.each<[string, Partial<SetupFacts>, string[]]>([
  ['all of it', {}, []],
  ['no team', { teams: 0 }, ['no_team']],
  ['no routing rule', { routingRules: 0 }, ['no_routing']],
  ['no number set', { hotline: null }, ['fictional_hotline']],
  ['a fictional number', both('01 99 00 12 34'), ['fictional_hotline']],
  ['a fictional number in full', both('+33 6 39 98 12 34'), ['fictional_hotline']],
  ['a number that begins like one', both('01 99 01 12 34'), []],
  ['a short number', both('3246'), []],
  ['a number that nobody called', { hotlineCalled: null }, ['uncalled_hotline']],
  ['a number changed since it was called', { hotline: '05 57 12 34 57' }, ['uncalled_hotline']],
  ['the demonstration and its number', { demonstration: true, hotline: null }, []],
  ['an empty roster', { shifts: 0 }, ['empty_roster']],
  ['no director', { directors: 0 }, ['no_director']],
  ['nobody reachable', { reachable: 0 }, ['nobody_reachable']],
  ['nothing leaves the house', { channels: [] }, ['channels_unset']],
  ['nothing rings', { channels: [{ name: 'sms', failures: 0 }] }, ['channels_unset']],
  ['nothing leaves the demonstration', { demonstration: true, channels: [] }, []],
  ...([FAILING_AFTER - 1, FAILING_AFTER] as const).map(
    (failures): [string, Partial<SetupFacts>, string[]] => [
      `failed ${failures} times`,
      { channels: [...ready.channels, { name: 'mail', failures }] },
      failures < FAILING_AFTER ? [] : ['channels_failing'],
    ],
  ),
  [
    'a database just made',
    { hotline: null, teams: 0, routingRules: 0, shifts: 0, directors: 0, reachable: 0, channels: [] },
    [
      'no_team',
      'no_routing',
      'fictional_hotline',
      'empty_roster',
      'no_director',
      'nobody_reachable',
      'channels_unset',
    ],
  ],
])('%s', (_, change, missing) => expect(notSetUp({ ...ready, ...change })).toEqual(missing))

test('the first steps: all that may be missing, the directory before it, each done or not', () => {
  const steps = firstSteps({ ...ready, shifts: 0 }, 1)
  expect(steps.filter(({ done }) => !done).map(({ key }) => key)).toEqual(['no_directory', 'empty_roster'])
  expect(steps.map(({ key }) => key).toSorted()).toEqual(
    [...Object.keys(MENDED_AT), 'no_directory'].filter((key) => key !== 'channels_failing').toSorted(),
  )
  expect(firstSteps(ready, 2).every(({ done }) => done)).toBe(true)
})
