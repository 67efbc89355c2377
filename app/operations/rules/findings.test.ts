import { describe, expect, test } from 'vitest'
import {
  alarms,
  CONNECTIONS_SHARE,
  type Figures,
  findings,
  LATE_S,
  PROOF_STALE_S,
  WORKER_SILENT_S,
} from './findings.ts'

const NOW = Date.parse('2026-11-23T10:00:00Z')
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString()
const task = { task: 'react', waiting: 0, planned: 0, retrying: 0, failed: 0, oldestAt: null }
const sound: Figures = {
  version: '18.1',
  startedAt: ago(9000),
  bytes: 1,
  connections: 10,
  connectionsMax: 100,
  tasks: [task],
  failures: [],
  workerAt: ago(3),
  archivedAt: null,
  archiveFailedAt: null,
  chains: 2,
  lines: 5,
  proof: { at: ago(3600), lines: 5, broken: null },
  now: ago(0),
}
const keys = (change: Partial<Figures>) => findings({ ...sound, ...change }).map(({ key }) => key)

const cases: [string, Partial<Figures>, string[]][] = [
  ['all of it works', {}, []],
  ['no worker ever', { workerAt: null }, ['worker_never']],
  ['worker at its limit', { workerAt: ago(WORKER_SILENT_S) }, []],
  ['worker past its limit', { workerAt: ago(WORKER_SILENT_S + 1) }, ['worker_silent']],
  ['a job at its limit', { tasks: [{ ...task, waiting: 1, oldestAt: ago(LATE_S) }] }, []],
  ['a job past its limit', { tasks: [{ ...task, waiting: 1, oldestAt: ago(LATE_S + 1) }] }, ['jobs_late']],
  ['a job given up', { tasks: [{ ...task, failed: 1 }] }, ['jobs_failed']],
  ['a job tried again', { tasks: [{ ...task, retrying: 2 }] }, ['jobs_retrying']],
  ['a fifth of the connections left', { connections: 100 * CONNECTIONS_SHARE - 1 }, []],
  ['less than a fifth', { connections: 100 * CONNECTIONS_SHARE }, ['connections']],
  ['archiving fails', { archiveFailedAt: ago(10) }, ['archive']],
  ['never proved', { proof: null }, ['journal_unproved']],
  ['proof of the night before last', { proof: { ...proof(), at: ago(PROOF_STALE_S) } }, []],
  ['no proof for longer', { proof: { ...proof(), at: ago(PROOF_STALE_S + 1) } }, ['journal_stale']],
  [
    'a broken line, however old the proof',
    { proof: { at: ago(PROOF_STALE_S + 1), lines: 5, broken: { chain: 'case:12', seq: 3 } } },
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

describe('what the cell is told on every page', () => {
  const told = (...facts: Parameters<typeof alarms>) => alarms(...facts).map(({ key }) => key)
  test('nothing, as long as the worker speaks', () => expect(told(WORKER_SILENT_S, null)).toEqual([]))
  test('a silent worker', () => expect(told(WORKER_SILENT_S + 1, null)).toEqual(['worker_silent']))
  test('no worker ever', () => expect(told(null, null)).toEqual(['worker_never']))
  test('a broken journal', () => expect(told(1, { chain: 'case:1', seq: 2 })).toEqual(['journal_broken']))
})

function proof() {
  return { lines: 5, broken: null }
}
