import { describe, expect, it } from 'vitest'
import {
  nextReportAt,
  reportDueAt,
  SITREP_DENSE_FOR_MIN,
  SITREP_EVERY_MIN,
  SITREP_LATER_MIN,
} from './notices.ts'

const start = new Date('2021-06-02T15:00:00Z')
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

describe('the hour of the next situation report', () => {
  it('the first is owed within its delay, the others at the hour promised', () => {
    expect(reportDueAt(start, null)).toEqual(at(SITREP_EVERY_MIN))
    expect(reportDueAt(start, at(75))).toEqual(at(75))
  })

  it.each([
    [0, SITREP_EVERY_MIN],
    [SITREP_DENSE_FOR_MIN - 1, SITREP_EVERY_MIN],
    [SITREP_DENSE_FOR_MIN, SITREP_LATER_MIN],
  ])('sent after %d min, it promises the next in %d', (sent, next) => {
    expect(nextReportAt(start, at(sent))).toEqual(at(sent + next))
  })
})
