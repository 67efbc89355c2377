import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#db/embedded.ts'
import { ensureChromium } from './chromium.ts'

export type Count = { passed: number; failed: number }
/** `env` is added to what the suite's processes inherit; `args` are for Playwright: which journeys. */
export type How = { env: Record<string, string>; args: string[] }
export type Suite = { name: string; part: Part; run: (how: How) => Promise<Count> }

export const PARTS = ['static', 'rules', 'db', 'e2e'] as const
export type Part = (typeof PARTS)[number]

/** In the order in which a mistake is cheapest to find. */
export const SUITES: Suite[] = [
  { name: 'types', part: 'static', run: types },
  { name: 'lint', part: 'static', run: () => check(['node_modules/@biomejs/biome/bin/biome', 'check', '.']) },
  { name: 'rules', part: 'rules', run: (how) => vitest('rules', how) },
  { name: 'database', part: 'db', run: (how) => vitest('db', how) },
  { name: 'journeys', part: 'e2e', run: journeys },
]

async function types(): Promise<Count> {
  // the types Next writes for itself are not in the repository
  if (!existsSync('next-env.d.ts')) await node(['node_modules/next/dist/bin/next', 'typegen'], {}, 'ignore')
  return check(['node_modules/typescript/bin/tsc', '--noEmit'])
}

async function check(args: string[]): Promise<Count> {
  return (await node(args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function vitest(project: string, { env }: How): Promise<Count> {
  const report = reportFile(project)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await node(['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters], env)
  const { numPassedTests, numFailedTests } = readReport(report) ?? { numPassedTests: 0, numFailedTests: 0 }
  return counted(code, numPassedTests, numFailedTests)
}

async function journeys(how: How): Promise<Count> {
  const chromium = ensureChromium((line) => console.log(line))
  if (!chromium) {
    console.error(
      'The journeys need a Chromium: install one, and name it with CHROMIUM_PATH if it is not found.',
    )
    return { passed: 0, failed: 1 }
  }
  // Named ones together; all of them in halves side by side, each on a demonstration of its own: a browser waits more than it works.
  const halves = how.args.length > 0 ? [how.args] : ['1/2', '2/2'].map((half) => [`--shard=${half}`])
  const counts = await Promise.all(halves.map((args, nth) => someJourneys(nth, args, how.env, chromium)))
  return counts.reduce((sum, { passed, failed }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
  }))
}

async function someJourneys(
  nth: number,
  args: string[],
  given: Record<string, string>,
  chromium: string,
): Promise<Count> {
  const report = reportFile(`journeys-${nth}`)
  const dataDir = mkdtempSync(join(tmpdir(), `permanence-test-${process.pid}-`))
  const env = {
    ...given,
    CHROMIUM_PATH: chromium,
    E2E_PORT: String(await freePort()),
    E2E_DATA_DIR: dataDir,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  }
  const code = await node(
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      '--reporter=list,json',
      `--output=test-results/${nth}`,
      ...args,
    ],
    env,
  )
  rmSync(dataDir, { recursive: true, force: true })
  const stats = readReport(report)?.stats ?? { expected: 0, flaky: 0, unexpected: 0 }
  return counted(code, stats.expected + stats.flaky, stats.unexpected)
}

// A run that broke without naming a failed test is a failure all the same; so is a suite that ran nothing.
function counted(code: number, passed: number, failed: number): Count {
  const silent = failed === 0 && (code !== 0 || passed === 0)
  return { passed, failed: silent ? 1 : failed }
}

function reportFile(name: string): string {
  mkdirSync('.test', { recursive: true })
  const file = join('.test', `${name}.json`)
  rmSync(file, { force: true })
  return file
}

function readReport(file: string) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

// Vitest and Next choose NODE_ENV themselves; one inherited from the shell would be taken for a choice.
const { NODE_ENV: _, ...INHERITED } = process.env

function node(args: string[], env: Record<string, string> = {}, output: 'inherit' | 'ignore' = 'inherit') {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', output, output],
    env: { ...INHERITED, NEXT_TELEMETRY_DISABLED: '1', ...env } as unknown as NodeJS.ProcessEnv,
  })
  return new Promise<number>((resolve) => {
    child.on('close', (code) => resolve(code ?? 1)).on('error', () => resolve(1))
  })
}
