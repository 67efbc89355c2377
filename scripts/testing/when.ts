import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BRING_COMPILER, BRING_IT, clockAt, ensureFakeClock, makeTrueWaits } from './fake-clock.ts'
import { MOMENT_NAMES, MOMENTS, type MomentName } from './moments.ts'
import { play } from './play.ts'
import { PARTS, type Part, SUITES } from './suites.ts'

// npm run test:when -- MOMENT|all [rules|db|e2e [journeys…]]: the suites as if it were another day, PostgreSQL too.
const [asked = '', part, ...args] = process.argv.slice(2)
const names = asked === 'all' ? MOMENT_NAMES : MOMENT_NAMES.filter((name) => name === asked)
if (names.length === 0 || (part && !PARTS.includes(part as Part))) {
  console.error('npm run test:when -- MOMENT [rules|db|e2e]; rules and db unless told. Moments:')
  for (const name of ['all', ...MOMENT_NAMES])
    console.error(`  ${name.padEnd(14)}${MOMENTS[name as MomentName]?.why ?? 'each of those below'}`)
  process.exit(1)
}

const suites = SUITES.filter((suite) => (part ? [part] : ['rules', 'db']).includes(suite.part))
const library = ensureFakeClock(console.log)
const played = names.flatMap((moment) =>
  suites.map((suite) => ({ name: `${suite.name}, ${moment}`, suite, how: () => howAt(moment) })),
)
const folder = mkdtempSync(join(tmpdir(), `permanence-test-${process.pid}-`))
// PostgreSQL is another user's.
chmodSync(folder, 0o755)
process.on('exit', () => rmSync(folder, { recursive: true }))
const waits = suites.some((suite) => suite.part !== 'rules') ? makeTrueWaits(folder) : ''
const missing = [
  ...(library ? [] : [`libfaketime: ${BRING_IT}`]),
  ...(waits !== null ? [] : [`a C compiler: ${BRING_COMPILER}`]),
]
await play(
  missing.length === 0 ? played : [],
  missing.map((what) => `Nothing was played without ${what}`),
)

function howAt(moment: MomentName) {
  const at = MOMENTS[moment].at(new Date())
  console.log(`It is ${at.toISOString()}: ${MOMENTS[moment].why}`)
  return { env: clockAt(at, new Date(), [waits, library].filter(Boolean).join(':')), args }
}
