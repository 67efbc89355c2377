import { inItsOwnTime, noteAway } from '#db/away.ts'

/** What many wait for has its own time: it is not the first of them, who may have waited long already, that it must be in time for. */
const OWN_MS = 3_000

/**
 * Many who ask for the same at once are answered by few readings, each begun after all who are given it had asked: never older
 * than the question, so that a hint is never answered by what was read before it. The first reads at once; those who come
 * meanwhile wait for the next, together. `read` is given who they are; its key must tell apart all who may not see the same.
 */
export function makeTogether<Person, Answer>() {
  const running = new Map<string, Promise<unknown>>()
  const waiting = new Map<string, { people: Set<Person>; answer: Promise<Answer> }>()

  return (key: string, person: Person, read: (people: Person[]) => Promise<Answer>): Promise<Answer> => {
    const joined = waiting.get(key)
    if (joined) {
      joined.people.add(person)
      return told(joined.answer)
    }
    const people = new Set([person])
    const begin = () => {
      waiting.delete(key)
      const answer = inItsOwnTime(OWN_MS, () => read([...people]))
      const ended = answer.then(
        () => {},
        () => {},
      )
      running.set(key, ended)
      void ended.then(() => running.get(key) === ended && running.delete(key))
      return answer
    }
    const before = running.get(key)
    if (!before) return told(begin())
    const answer = before.then(begin)
    waiting.set(key, { people, answer })
    return told(answer)
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
