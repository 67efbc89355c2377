import { afterEach, describe, expect, test, vi } from 'vitest'
import { readListAt } from './own-reading.ts'
import { patientFetch } from './patience.ts'

const ROWS = { lines: ['2026-000001-5'] }
afterEach(() => void vi.unstubAllGlobals())

/** A page whose server gives these answers, one after the other; the last one is given again. */
function page(...answers: (() => Response)[]) {
  const asked: string[] = []
  const patient = patientFetch({
    fetch: (async (address: string) => {
      asked.push(address)
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      return answer?.()
    }) as unknown as typeof fetch,
    tell: () => {},
    rest: async () => {},
  })
  vi.stubGlobal('fetch', patient)
  return asked
}
const busy = () => new Response('', { status: 503 })
const rows = () => Response.json(ROWS)
const cut = () => {
  throw new TypeError('Failed to fetch')
}

describe('a list is read by its own way', () => {
  test.each<[string, 'told' | 'pressed', (() => Response)[], typeof ROWS | null, number]>([
    ['told by a hint', 'told', [rows], ROWS, 1],
    ['told, of a busy service: asked again for the list', 'told', [busy, busy, rows], ROWS, 3],
    ['told, over a line that comes back', 'told', [cut, rows], ROWS, 2],
    [
      'told, of whoever is signed in no longer: the page says so',
      'told',
      [() => new Response('', { status: 401 })],
      null,
      1,
    ],
    ['pressed', 'pressed', [rows], ROWS, 1],
    ['pressed, of a busy service: the page comes instead, at once', 'pressed', [busy], null, 1],
    ['pressed, without a network: what is kept of the page, at once', 'pressed', [cut], null, 1],
    ['empty: only the page has words for it', 'told', [() => Response.json({ lines: [] })], null, 1],
  ])('%s', async (_, why, answers, list, times) => {
    const asked = page(...answers)
    expect(await readListAt('/api/queue', 'number=15', why)).toEqual(list)
    expect(asked).toEqual(Array.from({ length: times }, () => '/api/queue?number=15'))
  })
})
