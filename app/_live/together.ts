import { makeLane } from '#app/_auth/lane.ts'
import { inItsOwnTime, noteAway } from '#db/away.ts'

/** What many wait for has its own time: it is not the first of them, who may have waited long already, that it must be in time for. */
const OWN_MS = 3_000

/**
 * For pages that are open and told to read anew, one for each list: two readings at once in a process, so that a report finds it free
 * while hundreds of them wait, and an agent's queue does not wait for the pages of those who report.
 */
export const openPages = () => makeLane(2, Number.POSITIVE_INFINITY)
type Turns = Pick<ReturnType<typeof openPages>, 'run'>
const AT_ONCE: Turns = { run: (work) => work() }

/**
 * Many who ask for the same at once are answered by few readings, each begun after all who are given it had asked: never older
 * than the question, so that a hint is never answered by what was read before it. The first reads at once, or when `turns` come
 * to it; those who come meanwhile wait for the next, together. `read` is given who they are; its key must tell apart all who may
 * not see the same.
 */
export function makeTogether<Person, Answer>(turns = AT_ONCE) {
  const running = new Map<string, Promise<unknown>>()
  const waiting = new Map<string, { people: Set<Person>; answer: Promise<Answer> | null }>()

  return (key: string, person: Person, read: (people: Person[]) => Promise<Answer>): Promise<Answer> => {
    const joined = waiting.get(key)
    if (joined?.answer) {
      joined.people.add(person)
      return told(joined.answer)
    }
    const mine = { people: new Set([person]), answer: null as Promise<Answer> | null }
    waiting.set(key, mine)
    const begin = () =>
      turns.run(() => {
        waiting.delete(key)
        const answer = inItsOwnTime(OWN_MS, () => read([...mine.people]))
        const ended = answer.then(
          () => {},
          () => {},
        )
        running.set(key, ended)
        void ended.then(() => running.get(key) === ended && running.delete(key))
        return answer
      })
    mine.answer = running.get(key)?.then(begin) ?? begin()
    return told(mine.answer)
  }
}

/** That the database was away is said to each who waited, not to whoever happened to begin. */
async function told<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    noteAway(error)
    throw error
  }
}
