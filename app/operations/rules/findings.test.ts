import { describe, expect, test } from 'vitest'
import {
  alarms,
  type ClockFacts,
  CONNECTIONS_SHARE,
  type Figures,
  findings,
  LATE_S,
  SKEW_DANGER_S,
  SKEW_WARN_S,
  WORKER_SILENT_S,
} from './findings.ts'

const NOW = Date.parse('2026-11-23T10:00:00Z')
const LATE_CLOCK_S = 20
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString()
const task = { task: 'react', waiting: 0, planned: 0, retrying: 0, failed: 0, oldestAt: null }
const setUp = {
  demonstration: false,
  hotline: '3246',
  hotlineCalled: '3246',
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
const sound: Figures = {
  version: '18.1',
  startedAt: ago(9000),
  bytes: 1,
  connections: 10,
  connectionsMax: 100,
  tasks: [task],
  failures: [],
  workerAt: ago(3),
  clocks: [],
  archivedAt: null,
  archiveFailedAt: null,
  chains: 2,
  lines: 5,
  proof: { at: ago(3600), lines: 5, broken: null },
  setup: setUp,
  aheadS: 0,
  checkpoint: { n: 3, at: ago(20), lines: 5, chains: 2, key: 'k', aheadS: 0 },
  now: ago(0),
}
const keys = (change: Partial<Figures>) => findings({ ...sound, ...change }, 'ok').map(({ key }) => key)

const worker = (aheadS: number) => ({ n: 3, at: ago(20), lines: 5, chains: 2, key: 'k', aheadS })

const cases: [string, Partial<Figures>, string[]][] = [
  ['a clock that is kept', { aheadS: SKEW_WARN_S - 1 }, []],
  ['a server ahead of the database', { aheadS: SKEW_WARN_S }, ['clock_ahead']],
  ['a server two hours ahead', { aheadS: 7200 }, ['clock_ahead']],
  ['a server behind', { aheadS: -SKEW_DANGER_S }, ['clock_behind']],
  ['a worker ahead', { checkpoint: worker(SKEW_DANGER_S) }, ['clock_ahead']],
  ['no checkpoint yet', { checkpoint: null }, []],
  ['all of it works', {}, []],
  ['no worker ever', { workerAt: null }, ['worker_never']],
  ['worker at its limit', { workerAt: ago(WORKER_SILENT_S) }, []],
  ['worker past its limit', { workerAt: ago(WORKER_SILENT_S + 1) }, ['worker_silent']],
  ['a job at its limit', { tasks: [{ ...task, waiting: 1, oldestAt: ago(LATE_S) }] }, []],
  ['a job past its limit', { tasks: [{ ...task, waiting: 1, oldestAt: ago(LATE_S + 1) }] }, ['jobs_late']],
  ['a first step not taken', { setup: { ...setUp, shifts: 0 } }, ['empty_roster']],
  ['a job given up', { tasks: [{ ...task, failed: 1 }] }, ['jobs_failed']],
  ['a job tried again', { tasks: [{ ...task, retrying: 2 }] }, ['jobs_retrying']],
  ['a fifth of the connections left', { connections: 100 * CONNECTIONS_SHARE - 1 }, []],
  ['less than a fifth', { connections: 100 * CONNECTIONS_SHARE }, ['connections']],
  ['archiving fails', { archiveFailedAt: ago(10) }, ['archive']],
  ['never proved', { proof: null }, ['journal_unproved']],
  ['a clock at its limit', { clocks: [clock({ succeededAt: ago(LATE_CLOCK_S) })] }, []],
  ['a clock past its limit', { clocks: [clock({ succeededAt: ago(LATE_CLOCK_S + 1) })] }, ['clock_late']],
  ['a clock that has just failed', { clocks: [clock({ error: '55P03', failures: 1 })] }, []],
  ['a clock that is new', { clocks: [clock({ succeededAt: null })] }, []],
  [
    'a clock that never turned',
    { clocks: [clock({ succeededAt: null, knownAt: ago(LATE_CLOCK_S + 1) })] },
    ['clock_late'],
  ],
  [
    'a silent worker turns no clock: said once',
    { workerAt: ago(WORKER_SILENT_S + 1), clocks: [clock({ succeededAt: ago(LATE_CLOCK_S + 1) })] },
    ['worker_silent'],
  ],
  [
    'a broken line, however old the proof',
    { proof: { at: ago(9e5), lines: 5, broken: { chain: 'case:12', seq: 3 } } },
    ['journal_broken'],
  ],
]

describe('what is wrong with the service', () => {
  test.each(cases)('%s', (_, change, expected) => expect(keys(change)).toEqual(expected))

  test('the worst stands first', () => {
    const tasks = [{ ...task, retrying: 1, failed: 1 }]
    expect(keys({ proof: null, tasks, workerAt: null })).toEqual([
      'worker_never',
      'jobs_failed',
      'jobs_retrying',
      'journal_unproved',
    ])
  })
})

test('nothing is kept: said before all else', () =>
  expect(findings({ ...sound, proof: null, workerAt: null }, 'disk_full')[0]?.key).toBe('disk_full'))

describe('what the cell is told on every page', () => {
  const late = [{ name: 'deadlines', since: ago(90), seconds: 90, why: null }]
  const told = (...facts: Parameters<typeof alarms>) => alarms(...facts).map(({ key }) => key)
  test.each<[string, Parameters<typeof alarms>, string[]]>([
    ['nothing, as long as the worker speaks', ['ok', WORKER_SILENT_S, [], null, 0], []],
    ['a silent worker', ['ok', WORKER_SILENT_S + 1, [], null, 0], ['worker_silent']],
    [
      'a silent worker, once for all its clocks',
      ['ok', WORKER_SILENT_S + 1, late, null, 0],
      ['worker_silent'],
    ],
    ['no worker ever', ['ok', null, [], null, 0], ['worker_never']],
    ['a late clock', ['ok', 1, late, null, 0], ['clock_late']],
    ['a full disk', ['disk_full', 1, [], null, 0], ['disk_full']],
    ['a broken journal', ['ok', 1, [], { chain: 'case:1', seq: 2 }, 0], ['journal_broken']],
    ['a clock two hours ahead', ['ok', 1, [], null, 7200], ['clock_ahead']],
    ['not one that drifts', ['ok', 1, [], null, SKEW_DANGER_S - 1], []],
  ])('%s', (_, facts, keys) => expect(told(...facts)).toEqual(keys))
})

function clock(change: Partial<ClockFacts>): ClockFacts {
  return {
    name: 'deadlines',
    lateS: LATE_CLOCK_S,
    knownAt: ago(5),
    startedAt: ago(2),
    succeededAt: ago(2),
    failedAt: null,
    error: null,
    failures: 0,
    ...change,
  }
}
