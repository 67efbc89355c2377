import { expect, test } from 'vitest'
import { inWords } from './process.ts'

const line = (level: string, error?: object) =>
  JSON.stringify({ level, msg: 'clock failed', ...(error && { error }) })

test.each([
  ['what is no line of the log', 'Error: no port', 'Error: no port'],
  ['what looks like one', '{ half', '{ half'],
  ['an event that is news to nobody', line('info'), null],
  ['an event without a cause', line('warn'), 'clock failed'],
  [
    'the innermost cause',
    line('error', { message: 'outer', cause: { code: '42501', message: 'permission denied' } }),
    'clock failed (42501 permission denied)',
  ],
  ['a code alone', line('fatal', { code: '22P02' }), 'clock failed (22P02)'],
])('%s, in a terminal', (_, written, said) => expect(inWords(written)).toBe(said))
