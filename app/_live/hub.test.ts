import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { BATCH_MS, makeHub } from './hub.ts'
import type { LiveLine } from './lines.ts'
import type { Viewer } from './visibility.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const agent: Viewer = { role: 'agent', accountId: 1, organisationId: null, territories: [], exerciseId: null }
const samu: Viewer = { role: 'reporter', accountId: 2, organisationId: 20, territories: [], exerciseId: null }
const prefecture: Viewer = {
  role: 'reporter',
  accountId: 3,
  organisationId: 30,
  territories: ['65'],
  exerciseId: null,
}

function line(id: number, more: Partial<LiveLine> = {}): LiveLine {
  return {
    id,
    event: 'case.updated',
    chain: `case:${id}`,
    visibility: 'public',
    exerciseId: null,
    reference: `2026-00000${id}-0`,
    case: { organisationId: 20, territoryCode: '31', exerciseId: null },
    ...more,
  }
}

function stage(lines: LiveLine[] = []) {
  const load = vi.fn(async (ids: number[], _worlds: (number | null)[]) =>
    lines.filter(({ id }) => ids.includes(id)),
  )
  const hub = makeHub(load)
  const open = (viewer: Viewer) => {
    const heard: { event: string; cases?: string[]; events?: string[]; last?: number }[] = []
    const recheck = vi.fn()
    const send = (frame: string) => {
      const [, event = '', data = '{}'] = /^event: (\w+)\ndata: (.*)\n\n$/.exec(frame) ?? []
      heard.push({ event, ...JSON.parse(data) })
    }
    const leave = hub.open({ viewer, send, recheck })
    return { heard, recheck, leave, hints: () => heard.filter(({ event }) => event === 'hint') }
  }
  const flush = () => vi.advanceTimersByTimeAsync(BATCH_MS)
  return { hub, load, open, flush }
}

describe('the hub', () => {
  test('tells fifty streams with one query, each what it may see', async () => {
    const { hub, load, open, flush } = stage([
      line(1),
      line(2, { visibility: 'internal' }),
      line(3, { event: 'case.closed' }),
    ])
    const agents = Array.from({ length: 48 }, (_, i) => open({ ...agent, accountId: 100 + i }))
    const [owner, other] = [open(samu), open(prefecture)]
    hub.hear('1,2')
    hub.hear('3')
    await flush()
    expect(load).toHaveBeenCalledTimes(1)
    for (const { hints } of agents)
      expect(hints()).toMatchObject([
        {
          cases: ['2026-000001-0', '2026-000002-0', '2026-000003-0'],
          events: ['case.updated', 'case.closed'],
        },
      ])
    expect(owner.hints()).toMatchObject([{ cases: ['2026-000001-0', '2026-000003-0'] }])
    expect(other.hints()).toEqual([])
    expect(hub.size()).toBe(50)
  })

  test('a diagnosis moves the reporter’s page, a note does not; who does not see the case hears neither', async () => {
    const { hub, open, flush } = stage([
      line(1, { event: 'case.diagnosed', visibility: 'internal' }),
      line(2, { event: 'case.noted', visibility: 'internal' }),
    ])
    const [owner, other] = [open(samu), open(prefecture)]
    hub.hear('1,2')
    await flush()
    expect(owner.hints()).toMatchObject([{ cases: ['2026-000001-0'], events: ['case.diagnosed'] }])
    expect(other.hints()).toEqual([])
  })

  test('asks for the worlds that are looked at, and keeps them apart', async () => {
    const { hub, load, open, flush } = stage([
      line(1, { exerciseId: 7, case: { organisationId: 20, territoryCode: '31', exerciseId: 7 } }),
    ])
    const [real, inside] = [open(agent), open({ ...agent, exerciseId: 7 })]
    hub.hear('1')
    await flush()
    expect(load).toHaveBeenCalledWith([1], [null, 7])
    expect(real.hints()).toEqual([])
    expect(inside.hints()).toHaveLength(1)
  })

  test('a real report and the end of the exercise reach those inside it, nothing else of the real world', async () => {
    const { hub, open, flush } = stage([
      line(1),
      line(2, { event: 'case.reported' }),
      line(3, { event: 'exercise.set_aside', chain: 'exercises', case: null, reference: null }),
    ])
    const [inside, outside] = [open({ ...agent, exerciseId: 7 }), open({ ...samu, exerciseId: 7 })]
    hub.hear('1,2,3')
    await flush()
    expect(inside.hints()).toMatchObject([
      { cases: ['2026-000002-0'], events: ['case.reported', 'exercise.set_aside'] },
    ])
    expect(outside.hints()).toEqual([])
  })

  test('a message in the inbox is told to its person alone', async () => {
    const { hub, load, open, flush } = stage()
    const [one, other] = [open(agent), open({ ...agent, accountId: 9 })]
    hub.hear('inbox:1,55')
    await flush()
    expect(one.hints()).toMatchObject([{ cases: [], events: ['inbox'] }])
    expect(other.hints()).toEqual([])
    expect(load).not.toHaveBeenCalled()
  })

  test('a stream opened just after a hint learns that it missed one; before, that it did not', async () => {
    const { hub, open, flush } = stage([line(1)])
    const early = open(agent)
    hub.hear('1')
    await flush()
    expect(early.heard[0]).toMatchObject({ event: 'ready', last: 0 })
    expect(open(agent).heard[0]).toMatchObject({ event: 'ready', last: Date.now() })
    expect(open(prefecture).heard[0]).toMatchObject({ event: 'ready', last: 0 })
  })

  test.each([
    ['nobody was there', [line(1)], null],
    ['nobody was there who sees that world', [], prefecture],
  ])('what happened while %s is not lost on a page drawn before', async (_, lines, there) => {
    const { hub, open, flush } = stage(lines)
    if (there) open(there)
    hub.hear('1')
    await flush()
    expect(open(agent).heard[0]).toMatchObject({ event: 'ready', last: Date.now() })
  })

  test('a message in the inbox while its person had no stream is told when it opens', async () => {
    const { hub, open, flush } = stage()
    hub.hear('inbox:1')
    await flush()
    expect(open(agent).heard[0]).toMatchObject({ last: Date.now() })
    expect(open(samu).heard[0]).toMatchObject({ last: 0 })
  })

  test('after the database was lost, everybody reads again', async () => {
    const { hub, open } = stage()
    const stream = open(agent)
    hub.down()
    hub.beat()
    const late = open(agent)
    hub.up()
    hub.beat()
    expect(stream.heard.map(({ event }) => event)).toEqual(['ready', 'down', 'down', 'reread', 'beat'])
    expect(late.heard.map(({ event }) => event)).toEqual(['down', 'reread', 'beat'])
  })

  test.each([
    ['lines that cannot be read', () => Promise.reject(new Error('gone')), '1'],
    [
      'more lines than are worth reading',
      async () => [],
      Array.from({ length: 1001 }, (_, i) => i + 1).join(),
    ],
  ])('%s: everybody reads again', async (_, load, payload) => {
    const hub = makeHub(load)
    const events: string[] = []
    hub.open({ viewer: agent, send: (frame) => events.push(frame.split('\n')[0] ?? ''), recheck: () => {} })
    hub.hear(payload)
    await vi.advanceTimersByTimeAsync(BATCH_MS)
    expect(events).toEqual(['event: ready', 'event: reread'])
  })

  test('who signs out or is revoked is asked again at once; no page reads for it', async () => {
    const { hub, open, flush } = stage([
      line(1, { chain: 'account:2', event: 'account.session_revoked', case: null, reference: null }),
    ])
    const [one, other] = [open(samu), open(agent)]
    hub.hear('1')
    await flush()
    expect(one.recheck).toHaveBeenCalledTimes(1)
    expect(other.recheck).not.toHaveBeenCalled()
    expect([...one.hints(), ...other.hints()]).toEqual([])
  })

  test('a stream that left is told nothing', async () => {
    const { hub, open, flush } = stage([line(1)])
    const stream = open(agent)
    stream.leave()
    hub.hear('1')
    await flush()
    hub.beat()
    expect(stream.heard).toHaveLength(1)
    expect(hub.size()).toBe(0)
  })

  test('what comes while a slow answer is awaited is asked in one question after it: hints do not fall ever further behind', async () => {
    const { hub, load, open, flush } = stage(Array.from({ length: 21 }, (_, n) => line(n + 1)))
    const { hints } = open(agent)
    let answers = () => {}
    load.mockImplementationOnce(async () => {
      await new Promise<void>((resolve) => {
        answers = resolve
      })
      return [line(1)]
    })
    for (let id = 1; id <= 21; id++) {
      hub.hear(String(id))
      await flush()
    }
    expect(load).toHaveBeenCalledTimes(1)
    answers()
    await flush()
    expect(load).toHaveBeenCalledTimes(2)
    expect(hints().map(({ cases }) => cases?.length)).toEqual([1, 20])
  })

  test('a stream that breaks while it is told takes no other’s hints', async () => {
    const { hub, open, flush } = stage([line(1), line(2)])
    const { hints } = open(agent)
    hub.open({
      viewer: { ...agent, accountId: 9 },
      send: (frame) => {
        if (frame.includes('hint')) throw new Error('gone')
      },
      recheck: () => {},
    })
    for (const id of ['1', '2']) {
      hub.hear(id)
      await flush()
    }
    expect(hints()).toHaveLength(2)
  })

  test('a payload that is nothing known is ignored', async () => {
    const { hub, load, open, flush } = stage()
    open(agent)
    for (const payload of ['', 'x', 'inbox:', '1;drop']) hub.hear(payload)
    await flush()
    expect(load).not.toHaveBeenCalled()
  })
})
