import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#db/embedded.ts'
import { test } from './fixtures.ts'

/** Another running copy of the product, on a demonstration and a database of its own: two desks that know nothing of each other. */
export async function secondCopy(): Promise<{ base: string; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'permanence-copy-'))
  const port = await freePort()
  const child = await started([], {
    PERMANENCE_DATA_DIR: dataDir,
    PORT: String(port),
    APP_DATABASE_URL: '',
    AUTH_SECRET: '',
    NEXTAUTH_SECRET: '',
    NEXTAUTH_URL: '',
  })
  return {
    base: `http://localhost:${port}`,
    async stop() {
      await ended(child, 'SIGINT')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** One more web of the service on this folder, at a port of its own. */
export async function webBeside(dataDir: string, port: number, env: Record<string, string> = {}) {
  const base = `http://localhost:${port}`
  const child = await started(['--only-web'], {
    PERMANENCE_DATA_DIR: dataDir,
    PORT: String(port),
    NEXTAUTH_URL: base,
    ...env,
  })
  return { base, end: () => ended(child, 'SIGTERM') }
}

/** Beside the webs of the demonstration, on its database: webs that a journey ends and starts. */
export function leurDossier(): string {
  const dataDir = process.env.E2E_DATA_DIR
  test.skip(!dataDir, 'the journey starts webs of its own on the database of the service it asks')
  return dataDir ?? ''
}

/** Two of them, as on two networks: each names the other as its second address. */
export async function twoSites(dataDir: string) {
  const [one, other] = [await freePort(), await freePort()]
  const at = (port: number, beside: number) =>
    webBeside(dataDir, port, { SECOND_ADDRESS: `http://localhost:${beside}` })
  const [first, second] = await Promise.all([at(one, other), at(other, one)])
  return { first, second }
}

/** The build as it will be after an update: the same pages under another name. Its folder, beside the build. */
export function nextBuild(): { dir: string; remove: () => void } {
  const dir = `.next-updated-${process.pid}`
  execFileSync('cp', ['-al', '.next', dir])
  const name = join(dir, 'BUILD_ID')
  // A file of its own: the copy shares all others with the build that runs.
  rmSync(name)
  writeFileSync(name, `updated-${process.pid}`)
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

async function started(args: string[], env: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    env: { ...process.env, DATABASE_URL: '', WEB_PROCESSES: '1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('is ready on') && resolve())
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)))
  })
  return child
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal)
  if (child.exitCode === null) await once(child, 'exit')
}
