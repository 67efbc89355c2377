export type Places = ReturnType<typeof makePlaces>

/** So many places for each key; taken all together or not at all, and given back once. */
export function makePlaces() {
  const taken = new Map<string, number>()
  return {
    take(wanted: { key: string; most: number }[]): (() => void) | null {
      if (wanted.some(({ key, most }) => (taken.get(key) ?? 0) >= most)) return null
      for (const { key } of wanted) taken.set(key, (taken.get(key) ?? 0) + 1)
      let given = false
      return () => {
        if (given) return
        given = true
        for (const { key } of wanted) {
          const left = (taken.get(key) ?? 1) - 1
          if (left > 0) taken.set(key, left)
          else taken.delete(key)
        }
      }
    },
    size: () => taken.size,
  }
}
