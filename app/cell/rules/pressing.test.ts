import { describe, expect, it } from 'vitest'
import { type Asked, mostPressing } from './pressing.ts'

const NEVER = Number.POSITIVE_INFINITY
const asked = (given: Partial<Asked>): Asked => ({ decisions: [], call: null, promises: [], ...given })
const decision = (id: number, silenceAt: number, askedAt = 0) => ({ id, silenceAt, askedAt })
const promise = (reference: string, level: 1 | 2 | 3 | 4, promisedAt: number) => ({
  reference,
  level,
  promisedAt,
})

describe('the one thing the room decides', () => {
  it.each([
    ['nothing is asked', asked({}), null],
    [
      'a decision and its hour of silence',
      asked({ decisions: [decision(1, 50)] }),
      { kind: 'decision', id: 1, silenceAt: 50 },
    ],
    [
      'a decision before a call and a broken promise of an N4',
      asked({ decisions: [decision(1, 50)], call: { id: 9 }, promises: [promise('a', 4, 0)] }),
      { kind: 'decision', id: 1, silenceAt: 50 },
    ],
    [
      'the one that silence decides first',
      asked({ decisions: [decision(1, 60), decision(2, 50)] }),
      { kind: 'decision', id: 2, silenceAt: 50 },
    ],
    [
      'one that silence decides before one that it never does',
      asked({ decisions: [decision(1, NEVER), decision(2, 900)] }),
      { kind: 'decision', id: 2, silenceAt: 900 },
    ],
    [
      'of two that silence never decides, the older',
      asked({ decisions: [decision(1, NEVER, 20), decision(2, NEVER, 10)] }),
      { kind: 'decision', id: 2, silenceAt: null },
    ],
    [
      'a call before a broken promise',
      asked({ call: { id: 9 }, promises: [promise('a', 4, 0)] }),
      { kind: 'call', id: 9 },
    ],
    [
      'the promise of the gravest',
      asked({ promises: [promise('a', 2, 0), promise('b', 3, 40)] }),
      { kind: 'promise', reference: 'b' },
    ],
    [
      'of one level, who waits longest',
      asked({ promises: [promise('a', 3, 40), promise('b', 3, 10)] }),
      { kind: 'promise', reference: 'b' },
    ],
  ])('%s', (_, given, first) => {
    expect(mostPressing(given)).toEqual(first)
  })
})
