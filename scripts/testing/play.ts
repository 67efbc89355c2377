import { build } from '../start/build.ts'
import type { Count, How, Suite } from './suites.ts'

/** `how` is asked when the suite begins: a moment close to midnight must not have passed while others ran. */
export type Played = { name: string; suite: Suite; how: () => How }

/** Every suite runs even when an earlier one fails; one line says the sum. */
export async function play(suites: Played[], leftOut: string[]): Promise<void> {
  const counts: { name: string; seconds: number; count: Count }[] = []
  for (const { name, suite, how } of suites) {
    console.log(`\n== ${name}`)
    const startedAt = performance.now()
    const count = await attempt(suite, how())
    counts.push({ name, seconds: Math.round((performance.now() - startedAt) / 1000), count })
  }

  console.log('')
  for (const { name, seconds, count } of counts)
    console.log(`${name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`)
  for (const line of leftOut) console.log(line)
  const passed = counts.reduce((sum, { count }) => sum + count.passed, 0)
  const failed = counts.reduce((sum, { count }) => sum + count.failed, 0)
  console.log(`${passed} passed, ${failed} failed`)
  if (process.connected) process.disconnect()
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}

async function attempt(suite: Suite, how: How): Promise<Count> {
  try {
    if (suite.part === 'e2e') await build((line) => console.log(line))
    return await suite.run(how)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  }
}
