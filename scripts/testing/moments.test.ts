import { expect, test } from 'vitest'
import { MOMENT_NAMES, MOMENTS, type MomentName, momentOfTurn } from './moments.ts'

const now = new Date('2026-11-26T11:00:00Z')

test.each<[MomentName, string, string]>([
  ['next-week', '2026-12-03T11:00:00Z', '03/12/2026 12:00'],
  ['next-year', '2027-11-26T11:00:00Z', '26/11/2027 12:00'],
  ['new-year', '2026-12-31T23:55:00Z', '01/01/2027 00:55'],
  ['midnight', '2026-12-31T22:59:00Z', '31/12/2026 23:59'],
  ['midnight-utc', '2026-12-31T23:59:00Z', '01/01/2027 00:59'],
  ['leap-day', '2028-02-29T12:00:00Z', '29/02/2028 13:00'],
  ['spring', '2027-03-28T00:59:00Z', '28/03/2027 01:59'],
  ['autumn', '2027-10-31T00:59:00Z', '31/10/2027 02:59'],
  ['evening', '2026-11-26T16:59:00Z', '26/11/2026 17:59'],
])('%s is %s', (name, at, inParis) => {
  const found = MOMENTS[name].at(now)
  expect(found).toEqual(new Date(at))
  const options = { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' } as const
  expect(found.toLocaleString('fr', options)).toBe(inParis)
})

test.each(MOMENT_NAMES)('%s is ahead, whenever it is asked', (name) => {
  for (let hour = 0; hour < 5 * 366 * 24; hour += 331) {
    const asked = new Date(+now + hour * 3600_000)
    expect(+MOMENTS[name].at(asked)).toBeGreaterThan(+asked)
  }
})

test('each hour has its turn, and all are met in turn', () => {
  const turns = MOMENT_NAMES.map((_, hour) => momentOfTurn(new Date(+now + hour * 3600_000)))
  expect(new Set(turns)).toEqual(new Set(MOMENT_NAMES))
})
