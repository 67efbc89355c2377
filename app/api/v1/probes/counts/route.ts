import { readCsv } from '#app/_doors/csv.ts'
import { keyDoor } from '#app/_doors/key-door.ts'
import { done } from '#app/_doors/result.ts'
import { sayLines } from '#app/_doors/say.ts'
import { takeCounts } from '#app/supervision/commands/take-counts.ts'
import { COUNT_COLUMNS, countsInput, MOST_RESULTS } from '#app/supervision/input.ts'

/** What switches and session border controllers counted, as JSON or as a CSV of the same columns (README, "Test calls"). */
export const POST = keyDoor(countsInput, {
  key: 'probe',
  as: 'probes',
  read: (type, body) => {
    if (!/^text\/csv\s*(;|$)/i.test(type)) return null
    const read = readCsv(body, COUNT_COLUMNS, MOST_RESULTS)
    if (!read.ok) return { ok: false, status: 422, key: read.key }
    const counts = read.rows.map(({ line, cells: { no_answer: noAnswer, ...cells } }) => ({
      ...cells,
      line,
      ...(noAnswer ? { noAnswer } : {}),
    }))
    return { ok: true, value: { counts } }
  },
  run: async (actor, batch, now) => {
    const result = await takeCounts(actor, batch, now)
    if (!result.ok) return result
    return done({ ...result.value, refused: await sayLines(result.value.refused, 'en') })
  },
})
