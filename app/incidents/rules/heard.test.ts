import { expect, test } from 'vitest'
import { fact, VITAL } from './fact.fixture.ts'
import { heard } from './heard.ts'

const tests = { ok: 1, tried: 4, windowMin: 5 }

test.each<[string, Parameters<typeof fact>[2], number | null]>([
  ['no call rings', {}, 1],
  ['it does not work, and no more', { symptom: 'UNKNOWN' }, 1],
  ['it rings and nobody answers: so does a full room', { symptom: 'RING_NO_ANSWER' }, 0.5],
  ['the network says it is congested: so does a full room', { symptom: 'MSG_CONGESTION' }, 0.5],
  ['the same, and calls were tried', { symptom: 'RING_NO_ANSWER', tests }, 1],
  ['the room is merely full: it is not heard', { symptom: 'USER_BUSY' }, null],
  ['calls fail, and every call tried passed', { tests: { ok: 4, tried: 4, windowMin: 5 } }, 0.25],
  ['the sound is poor', { symptom: 'POOR_AUDIO' }, 0.25],
])('how strong a voice is when %s', (_, said, strength) => {
  expect(heard(fact(1, 0, said), VITAL)?.strength ?? null).toBe(strength)
})
