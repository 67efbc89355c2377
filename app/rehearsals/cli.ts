import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { shippedDrills } from '#app/drills/shipped.ts'
import { watchLimits } from '#app/incidents/rules/thresholds.ts'
import { FAILURES } from './rules/failures.ts'
import { rehearseFile } from './rules/file.ts'
import { LEVELS, type Level } from './rules/life.ts'
import { readLife } from './rules/line.ts'
import { type LIVES, rehearse } from './rules/rehearse.ts'
import { pictureOf, tableOf } from './rules/table.ts'
import { rehearseCalls, together } from './rules/together.ts'

const USAGE = `usage: npm run rehearse -- [--days 365] [--seeds 5] [--first-seed 1] [--level low|medium|high] [--failure NAME] [--other-life]
                          [--history-days 365] [--propose YEARS] [--activate YEARS] [--json OUT]
       npm run rehearse -- --test-calls [--days 30] [--seeds 8] [--json OUT]
       npm run rehearse -- --life FILE [--history FILE] [--json OUT]
failures: ${FAILURES.map((one) => one.name).join(', ')}`

const { values } = parseArgs({
  options: {
    ...{ days: { type: 'string', default: '365' }, seeds: { type: 'string', default: '5' } },
    'first-seed': { type: 'string', default: '1' },
    ...{
      level: { type: 'string', default: 'medium' },
      failure: { type: 'string' },
      json: { type: 'string' },
    },
    ...{
      life: { type: 'string' },
      history: { type: 'string' },
      'history-days': { type: 'string', default: '365' },
    },
    ...{
      propose: { type: 'string' },
      activate: { type: 'string' },
      'other-life': { type: 'boolean', default: false },
      'test-calls': { type: 'boolean', default: false },
    },
  },
})

if (values['test-calls']) {
  await testCalls()
  process.exit(0)
}
const inForce = watchLimits()
const limits = {
  proposeYears: number('propose', values.propose ?? String(inForce.proposeYears), 0.001, 1000),
  activateYears: number('activate', values.activate ?? String(inForce.activateYears), 0.001, 1000),
}
const figures = values.life ? await played(values.life, values.history ?? null) : simulated()
process.stdout.write(`${tableOf(figures)}\n${pictureOf(figures)}`)
if (values.json) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`)

function simulated() {
  const level = Object.keys(LEVELS).find((one) => one === values.level) as Level | undefined
  if (!level) fail(`no level ${values.level}`)
  if (values.failure && !FAILURES.some((one) => one.name.startsWith(values.failure ?? '')))
    fail(`no failure ${values.failure}`)
  return rehearse({
    ...{ days: number('days', values.days, 1, 3650), seeds: number('seeds', values.seeds, 1, 100), level },
    ...{ failure: values.failure ?? null, limits },
    firstSeed: number('first-seed', values['first-seed'], 1, 100_000),
    life: values['other-life'] ? 'places' : ('services' satisfies keyof typeof LIVES),
    historyDays: number('history-days', values['history-days'], 0, 3650),
  })
}

/** Test calls alone, and beside the reports of 2 June 2021. */
async function testCalls() {
  const [days, seeds] = [
    Math.min(60, number('days', values.days, 1, 3650)),
    number('seeds', values.seeds, 1, 100),
  ]
  const national = shippedDrills().find(({ name }) => name.startsWith('fr-2021-06-02'))?.drill
  const figures = {
    ...rehearseCalls({ days, seeds, runs: 100 }),
    together: national && together(national, 0.11, 50),
  }
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
  if (values.json) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`)
}

async function played(life: string, history: string | null) {
  return rehearseFile(await linesOf(life), history ? await linesOf(history) : [], limits)
}

async function linesOf(path: string) {
  const read = readLife(await readFile(path, 'utf8').catch(() => fail(`cannot read ${path}`)))
  return read.ok ? read.lines : fail(`${path} is not a life:\n  ${read.problems.join('\n  ')}`)
}

function number(name: string, said: string, least: number, most: number): number {
  const value = Number(said)
  return value >= least && value <= most ? value : fail(`--${name} is a number from ${least} to ${most}`)
}

function fail(message: string): never {
  process.stderr.write(`${message}\n${USAGE}\n`)
  process.exit(1)
}
