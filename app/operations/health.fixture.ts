import { vi } from 'vitest'
import { FRESH_MS } from './durable.ts'
import { causes, readHealth } from './health.ts'

/** What health says, with nothing of before still fresh: the watch it remembers by is put on, and no second is waited for. */
export async function saidAnew(): Promise<string[]> {
  const now = performance.now() + FRESH_MS
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  return causes(await readHealth())
}
