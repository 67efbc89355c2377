/**
 * Writes down as it comes: what comes while the database is busy is written together, in its next transaction. When that fails each
 * is written alone: one that cannot be kept takes no other with it.
 */
export function gather<T>(write: (all: T[]) => Promise<unknown>): (one: T) => Promise<void> {
  let waiting: { one: T; written: PromiseWithResolvers<void> }[] = []
  let writing: Promise<void> = Promise.resolve()

  async function writeWaiting(): Promise<void> {
    const all = waiting
    waiting = []
    try {
      await write(all.map(({ one }) => one))
      for (const { written } of all) written.resolve()
    } catch (error) {
      if (all.length === 1) all[0]?.written.reject(error)
      else
        for (const { one, written } of all) await write([one]).then(() => written.resolve(), written.reject)
    }
  }

  return (one) => {
    const written = Promise.withResolvers<void>()
    waiting.push({ one, written })
    if (waiting.length === 1) writing = writing.then(writeWaiting)
    return written.promise
  }
}
