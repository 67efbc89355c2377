/** `width` at once, `depth` waiting in the order they came; who comes then is told at once that it is full. */
export function makeLane(width: number, depth: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return {
    isFull: () => running >= width && waiting.length >= depth,
    async run<T>(work: () => Promise<T>): Promise<T> {
      if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve))
      else running++
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running--
      }
    },
  }
}
