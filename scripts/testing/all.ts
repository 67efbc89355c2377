import { build } from '../start/build.ts'
import { type Count, PARTS, type Part, SUITES } from './suites.ts'

// npm test, npm test -- static|rules|db|e2e: every suite runs even when an earlier one fails; one line says the sum.
const part = process.argv[2] as Part | undefined
if (part && !PARTS.includes(part)) {
  console.error(`Unknown part ${part}: static, rules, db or e2e; none for all.`)
  process.exit(1)
}

const counts: { name: string; seconds: number; count: Count }[] = []
for (const suite of SUITES.filter((one) => !part || one.part === part)) {
  console.log(`\n== ${suite.name}`)
  const startedAt = Date.now()
  const count = await attempt(suite.run, suite.part)
  counts.push({ name: suite.name, seconds: Math.round((Date.now() - startedAt) / 1000), count })
}

console.log('')
for (const { name, seconds, count } of counts)
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`)
const passed = counts.reduce((sum, { count }) => sum + count.passed, 0)
const failed = counts.reduce((sum, { count }) => sum + count.failed, 0)
console.log(`${passed} passed, ${failed} failed`)
if (process.connected) process.disconnect()
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

async function attempt(run: () => Promise<Count>, of: Part): Promise<Count> {
  try {
    if (of === 'e2e') await build((line) => console.log(line))
    return await run()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  }
}
