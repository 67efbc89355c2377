import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { figuresOf, say } from './figures.ts'
import { makePlan } from './machines.ts'
import { type Storm, storm } from './weather.ts'

// npm run bench -- storm [--seconds 300 --times 1,2,4 --agents 60 --reporters 400 --reports 20 --updates 5 --results 50 --cases 20000 --open 2000
// --out FILE]: everybody's pages open and live while reports come in; the same at so many times, until something gives.
const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    seconds: { type: 'string', default: '300' },
    times: { type: 'string', default: '1,2,4' },
    agents: { type: 'string', default: '60' },
    reporters: { type: 'string', default: '400' },
    reports: { type: 'string', default: '20' },
    updates: { type: 'string', default: '5' },
    results: { type: 'string', default: '50' },
    cases: { type: 'string', default: '20000' },
    open: { type: 'string', default: '2000' },
    out: { type: 'string' },
  },
})
const number = (
  name: 'seconds' | 'agents' | 'reporters' | 'reports' | 'updates' | 'results' | 'cases' | 'open',
) => {
  const found = Number(values[name])
  if (Number.isFinite(found) && found >= 0) return found
  console.error(`--${name} is not a number: ${values[name]}`)
  process.exit(1)
}
const once = {
  seconds: number('seconds'),
  agents: number('agents'),
  reporters: number('reporters'),
  reports: number('reports'),
  updates: number('updates'),
  results: number('results'),
}

await figuresOf(values.out, async (world) => {
  const storms: Storm[] = []
  say(`Seeding ${values.cases} cases`)
  await world.seed(number('cases'), number('open'))
  const agreed = await makePlan(world)
  for (const times of values.times.split(',').map(Number)) {
    say(`The storm, ${times} times`)
    const found = await storm(world, { ...once, times }, agreed)
    storms.push(found)
    for (const line of linesOf(found)) say(line)
    if (found.gave) break
  }
  return { machine: { cores: cpus().length, cpu: cpus()[0]?.model, load: loadavg().map(Math.round) }, storms }
})

function linesOf({ asked, ms, cpu, gave, refused }: Storm): string[] {
  const rows = Object.entries(ms).map(
    ([part, { p50, p99, measured, missing }]) =>
      `${part.padEnd(20)} p50 ${String(p50).padStart(8)} ms   p99 ${String(p99).padStart(8)} ms   ${measured} measured, ${missing} missing`,
  )
  return [
    `${asked.agents} agents, ${asked.reporters} reporters, ${asked.reports} reports, ${asked.updates} updates and ${asked.results} results of test calls a second`,
    ...rows,
    `processors busy: ${Object.entries(cpu)
      .map(([part, share]) => `${part} ${share}`)
      .join(', ')}`,
    `refused: ${refused}; ${gave ?? 'nothing gave'}`,
  ]
}
