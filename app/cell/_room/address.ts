/** The queue of one territory, and of one number there. */
export function queueAddress({ territory, number }: { territory: string; number: string | null }): string {
  const query = new URLSearchParams({ territory, ...(number ? { number } : {}) })
  return `/cases?${query}`
}
