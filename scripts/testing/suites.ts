import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#db/embedded.ts'
import { ensureChromium } from './chromium.ts'
import { copyDataFolder } from './data-folder.ts'

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

const GIB = 1024 ** 3

/** Where the databases and profiles of a run stand: in memory if there is room, where a clone of the template takes 30 ms and not 1.1 s. */
const TMPDIR = roomy('/dev/shm', 4 * GIB) ? '/dev/shm' : tmpdir()

function roomy(path: string, bytes: number): boolean {
  if (!existsSync(path)) return false
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize > bytes
}

/** Demonstrations side by side: figures in CONTRIBUTING.md. */
const DESKS = Number(process.env.E2E_DESKS ?? 2)

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
  const report = reportFile('journeys')
  const data = mkdtempSync(join(TMPDIR, `permanence-test-${process.pid}-`))
  // A browser waits more than it works: all journeys are played at several demonstrations, named ones at one.
  const ports = await Promise.all(Array.from({ length: how.args.length > 0 ? 1 : DESKS }, () => freePort()))
  const demonstration = how.args.length > 0 ? '' : await makeDemonstration(join(data, 'demonstration'), how)
  if (demonstration) for (const at of ports.keys()) copyDataFolder(demonstration, join(data, String(at)))
  const code = await node(
    ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', ...how.args],
    {
      ...how.env,
      E2E_DEMONSTRATION: demonstration,
      CHROMIUM_PATH: chromium,
      E2E_PORTS: ports.join(','),
      E2E_DATA: data,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  )
  rmSync(data, { recursive: true, force: true })
  const stats = readReport(report)?.stats ?? { expected: 0, flaky: 0, unexpected: 0 }
  return counted(code, stats.expected + stats.flaky, stats.unexpected)
}

/**
 * A folder as npm start leaves it before web and worker, for all who need one: filling it takes a core half a minute. Without one (`''`)
 * each fills its own.
 */
async function makeDemonstration(folder: string, { env }: How): Promise<string> {
  // Beside the database for as long as a file takes that does nothing by itself. Whose clock is moved has hours of its own.
  const filled = await node(['scripts/run.mjs', 'scripts/first.mjs'], {
    ...env,
    PERMANENCE_DATA_DIR: folder,
    PERMANENCE_CLOCK_FILE: join(folder, 'clock'),
    DATABASE_URL: '',
  })
  return filled === 0 ? folder : ''
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
    env: { ...INHERITED, NEXT_TELEMETRY_DISABLED: '1', TMPDIR, ...env } as unknown as NodeJS.ProcessEnv,
  })
  return new Promise<number>((resolve) => {
    child.on('close', (code) => resolve(code ?? 1)).on('error', () => resolve(1))
  })
}
