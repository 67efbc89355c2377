import { BRING_IT, clockAt, ensureFakeClock } from './fake-clock.ts'
import { MOMENTS, momentOfTurn } from './moments.ts'
import { ensureCounterparts } from './parts.ts'
import { type Played, play } from './play.ts'
import { PARTS, type Part, SUITES, type Suite } from './suites.ts'

// npm test, npm test -- static|rules|db|e2e. Whole, it plays the rules at another moment, one in turn, and the rest at this one;
// the database at other moments is npm run test:when, until each has been seen green on a quiet machine.
const part = process.argv[2] as Part | undefined
if (part && !PARTS.includes(part)) {
  console.error(`Unknown part ${part}: static, rules, db or e2e; none for all.`)
  process.exit(1)
}

const args = process.argv.slice(3)
const turn = momentOfTurn(new Date())
const library = part ? null : ensureFakeClock(console.log)

const played = SUITES.filter((suite) => !part || suite.part === part).map(
  (suite): Played =>
    library && suite.part === 'rules'
      ? atAnotherMoment(suite, library)
      : { name: suite.name, suite, how: () => ({ env: {}, args }) },
)
const leftOut = `Left out: rules at another moment (${turn}). What brings it: ${BRING_IT}`
const withoutCounterparts = !part || part === 'db' ? ensureCounterparts(console.log) : []
await play(played, [...(part || library ? [] : [leftOut]), ...withoutCounterparts])

function atAnotherMoment(suite: Suite, library: string): Played {
  const env = () => clockAt(MOMENTS[turn].at(new Date()), new Date(), library)
  return { name: `${suite.name}, ${turn}`, suite, how: () => ({ env: env(), args }) }
}
