import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Misconfigured } from '#db/config.ts'
import { type Lock, tryLock } from './lock.ts'
import { packBuilt } from './packed.ts'

const SOURCES = [
  'app',
  'components',
  'db',
  'public',
  'instrumentation.ts',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

export function distDir(): string {
  return process.env.NEXT_DIST_DIR || '.next'
}

/** By content, not by date: a clone or a changed branch dates every file anew. */
export function isBuilt(): boolean {
  const stamp = stampFile()
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources()
}

/** Builds for production unless the build on disk is of these very sources. Two at once in one clone: the second waits. */
export async function build(say: (line: string) => void): Promise<void> {
  if (isBuilt()) return
  const lock = await alone(say)
  try {
    if (!isBuilt()) await buildAnew(say)
  } finally {
    lock.release()
  }
}

const LOOK_AGAIN_MS = 300

async function alone(say: (line: string) => void): Promise<Lock> {
  const gate = `${distDir()}-building`
  mkdirSync(gate, { recursive: true })
  for (let told = false; ; told = true) {
    const taken = tryLock(gate)
    if (!('pid' in taken)) return taken
    if (!told) say(`Waiting for the build that process ${taken.pid} makes here`)
    await wait(LOOK_AGAIN_MS)
  }
}

async function buildAnew(say: (line: string) => void): Promise<void> {
  say('Building (the source is newer than the build)')
  // From nothing: the bundler's cache remembers packages that were missing at an earlier, failed build.
  rmSync(distDir(), { recursive: true, force: true })
  const before = hashSources()
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk
    })
  const kill = () => child.kill('SIGTERM')
  process.once('exit', kill)
  const code = await new Promise((resolve) => child.on('close', resolve).on('error', resolve))
  process.off('exit', kill)
  if (code !== 0) {
    console.error(said.trimEnd())
    throw new Misconfigured('The build failed; its reason is above.')
  }
  await packBuilt(distDir())
  writeFileSync(stampFile(), before)
}

function stampFile(): string {
  return join(distDir(), 'permanence-sources')
}

function hashSources(): string {
  return hashOf(SOURCES)
}

/** Of what stands in these files and folders, their tests left out. */
export function hashOf(paths: string[]): string {
  const hash = createHash('sha256').update(process.versions.node)
  for (const file of paths.flatMap(filesUnder)) hash.update(`${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return /\.test\.tsx?$/.test(path) ? [] : [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}
