import { expect, test } from 'vitest'
import { testStep } from './monthly-test.ts'

const send = (month: string) => ({ step: 'send', month })
const report = (month: string) => ({ step: 'report', month })

test.each([
  ['the first Tuesday, at ten', '2026-12-01T09:00:00Z', send('2026-12')],
  ['a minute before', '2026-12-01T08:59:00Z', null],
  ['its last minute', '2026-12-01T10:59:00Z', send('2026-12')],
  ['noon', '2026-12-01T11:00:00Z', null],
  ['the morning after', '2026-12-02T09:00:00Z', report('2026-12')],
  ['the second Tuesday', '2026-12-08T09:00:00Z', null],
  ['the Wednesday that comes before the first Tuesday', '2026-07-01T08:00:00Z', null],
  ['that Tuesday, in summer', '2026-07-07T08:00:00Z', send('2026-07')],
  ['and its report on the eighth', '2026-07-08T08:00:00Z', report('2026-07')],
  ['the week after the clocks go forward', '2026-04-07T08:30:00Z', send('2026-04')],
])('%s', (_, at, step) => {
  expect(testStep(new Date(at))).toEqual(step)
})
