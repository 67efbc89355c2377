/** An answer is given again for so long at most: what it says of the hour moves on. */
const KEPT_MS = 1_000

/** `shown`: the snapshot whoever asks was found in (snapshotOf), before the reading; null: read each time. `now`: his hour. */
type Asked = { key: string; shown: string | null; now: Date }

/**
 * The last answer for each key, given again while the database shows what it showed then: nothing committed before the question
 * can be missing. As for makeTogether, a key must tell apart all who may not see the same.
 */
export function makeUnchanged<Answer>() {
  const kept = new Map<string, { shown: string; at: number; answer: Answer }>()
  return async ({ key, shown, now }: Asked, read: () => Promise<Answer>): Promise<Answer> => {
    const [last, at] = [kept.get(key), now.getTime()]
    if (last && last.shown === shown && Math.abs(at - last.at) < KEPT_MS) return last.answer
    const answer = await read()
    if (shown === null) return answer
    // The oldest stand first: whoever asks for ever other pages keeps no more than those of a second.
    kept.delete(key)
    for (const [other, one] of kept) {
      if (Math.abs(at - one.at) < KEPT_MS) break
      kept.delete(other)
    }
    kept.set(key, { shown, at, answer })
    return answer
  }
}
