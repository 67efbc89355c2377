import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makeDiary } from './due.ts'
import { keptResults, type Result } from './kept-results.ts'
import { causeOf, readLog } from './read-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'probe-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what sipp wrote', () => {
  it('is read call by call; a line that is not whole waits', () => {
    const text = [
      'CALL id=a code=200 sent=1795716504.000000.227047.000000 ring=1795716504.000000.228047.000000 answer=1795716504.000000.527047.000000 end=1795716504.000000.827047.000000 reason=',
      'CALL id=b code=503 sent=1795716504.000000.42.000000 ring=. answer=. end=1795716504.000000.3042.000000 reason=Q.850;cause=38;text="Network out of order"',
      'CALL id=c code=40',
    ].join('\n')
    expect(readLog(text)).toEqual([
      { id: 'a', sip: 200, rang: true, delayMs: 1, talkMs: 300, reason: '', sentAt: 1795716504227.047 },
      {
        ...{ id: 'b', sip: 503, rang: false, delayMs: 3, talkMs: null, sentAt: 1795716504000.042 },
        reason: 'Q.850;cause=38;text="Network out of order"',
      },
    ])
  })

  it.each([
    ['Q.850;cause=16', 16],
    ['SIP;cause=503;text="x", Q.850 ;cause = 34;text="No circuit"', 34],
    ['q.850; cause=17', 17],
    ['SIP;cause=486', null],
    ['Q.850;cause=0', null],
    ['Q.850;cause=128', null],
    ['', null],
  ])('Reason: %s', (reason, cause) => {
    expect(causeOf(reason)).toBe(cause)
  })
})

describe('what is due', () => {
  const plan = [{ agreement: 1, destination: '15-59', everyS: 300, mostPerHour: 3 }]
  const T = 1_800_000_000_000
  it('comes round by its period, and stops at what its centre accepts', () => {
    const diary = makeDiary()
    const at = (minutes: number) => {
      const found = diary.due(plan, [], T + minutes * 60_000, 10)
      diary.called(found.due, T + minutes * 60_000)
      return [found.due.length, found.full]
    }
    expect([0, 4, 5, 10, 15, 60, 61].map(at)).toEqual([
      ...[
        [1, []],
        [0, []],
        [1, []],
        [1, []],
        [0, [1]],
        [1, []],
      ],
      [0, []],
    ])
  })

  it('a burst goes first, each of its calls once, within the same limit', () => {
    const diary = makeDiary()
    const burst = { id: 9, agreement: 1, destination: '15-59', calls: 2 }
    const first = diary.due(plan, [burst], T, 10)
    expect(first.due.map((one) => one.burst)).toEqual([9, 9, null])
    diary.called(first.due, T)
    expect(diary.due(plan, [burst], T + 1000, 10)).toEqual({ due: [], full: [] })
    expect(diary.due(plan, [{ ...burst, id: 10 }], T + 1000, 10)).toEqual({ due: [], full: [1] })
  })

  it('a plan begins spread over its period', () => {
    const diary = makeDiary()
    const four = [1, 2, 3, 4].map((agreement) => ({
      agreement,
      destination: 'x',
      everyS: 240,
      mostPerHour: 60,
    }))
    const begun = [0, 60, 120, 180, 239, 240].map((s) => {
      const { due } = diary.due(four, [], T + s * 1000, 10)
      diary.called(due, T + s * 1000)
      return due.map((one) => one.agreement)
    })
    expect(begun).toEqual([[1], [2], [3], [4], [], [1]])
  })

  it('no more than so many in a round, the longest waiting first', () => {
    const diary = makeDiary()
    const two = [...plan, { agreement: 2, destination: '18-59', everyS: 60, mostPerHour: 60 }]
    diary.called([{ agreement: 2, destination: '18-59', burst: null }], T)
    expect(diary.due(two, [], T + 90_000, 1).due.map((one) => one.agreement)).toEqual([2])
  })
})

describe('what waits for the portal', () => {
  const result = (id: string): Result => ({
    ...{ id, agreement: 1, burst: null, at: '2026-11-26T10:00:00.000Z', sip: 200, cause: null },
    ...{ rang: true, delayMs: 1, talkMs: 1 },
  })
  it('is still there after a stop, also behind a line cut by the loss of power', () => {
    const path = join(folder, 'kept.jsonl')
    const kept = keptResults(path)
    kept.add(result('call-0001'), result('call-0002'), result('call-0003'))
    kept.told(1)
    expect(
      keptResults(path)
        .first(10)
        .map((one) => one.id),
    ).toEqual(['call-0002', 'call-0003'])
    writeFileSync(path, `${JSON.stringify(result('call-0004'))}\n{"id":"call-00`)
    expect(keptResults(path).size()).toBe(1)
  })
})
