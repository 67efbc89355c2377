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
      return joined.answer
    }
    const people = new Set([person])
    const begin = () => {
      waiting.delete(key)
      const answer = read([...people])
      const ended = answer.then(
        () => {},
        () => {},
      )
      running.set(key, ended)
      void ended.then(() => running.get(key) === ended && running.delete(key))
      return answer
    }
    const before = running.get(key)
    if (!before) return begin()
    const answer = before.then(begin)
    waiting.set(key, { people, answer })
    return answer
  }
}
