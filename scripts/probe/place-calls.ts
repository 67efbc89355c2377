import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Heard, readLog } from './read-log.ts'
import { scenarioOf, WAITS, type Waits } from './scenario.ts'

export type Call = { id: string; destination: string }
export type Line = {
  /** Where calls are sent: the operator's own border, as HOST:PORT. */
  via: string
  /** Who calls, as the network sees it. */
  from: string
  localIp: string
  /** At once. */
  most: number
  waits?: Waits
}

/** A round of calls under way: all they came to, and a way to hang up at once. */
export type Round = { done: Promise<{ heard: Heard[]; trouble: string | null }>; hangUp: () => void }

/** Places these calls with sipp, so many at once. Whatever sipp does not tell of was not placed. */
export function placeCalls(calls: readonly Call[], line: Line): Round {
  const folder = mkdtempSync(join(tmpdir(), 'permanence-probe-'))
  const path = (name: string) => join(folder, name)
  const waits = line.waits ?? WAITS
  writeFileSync(path('call.xml'), scenarioOf(waits))
  const lines = calls.map(({ id, destination }) => `${id};${addressOf(destination, line.via)};${line.from}`)
  writeFileSync(path('calls.csv'), `SEQUENTIAL\n${lines.join('\n')}\n`)
  const longest = waits.silenceMs + waits.answerMs + waits.talkMs + 12_000
  const rounds = Math.ceil(calls.length / line.most)
  const child = spawn(
    'sipp',
    [
      ...[line.via, '-sf', path('call.xml'), '-inf', path('calls.csv'), '-i', line.localIp, '-t', 'u1'],
      ...[
        '-m',
        String(calls.length),
        '-l',
        String(line.most),
        '-r',
        String(Math.max(1, line.most)),
        '-rp',
        '1000',
      ],
      ...[
        '-trace_logs',
        '-log_file',
        path('calls.log'),
        '-nostdin',
        '-timeout',
        `${Math.ceil((longest * rounds) / 1000)}s`,
      ],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder },
  )
  let said = ''
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-400)
  })
  return { done: ended(child, path('calls.log'), () => said, folder), hangUp: () => hangUp(child) }
}

async function ended(child: ChildProcess, log: string, said: () => string, folder: string) {
  const trouble = await new Promise<string | null>((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ENOENT' ? 'sipp is not installed' : error.message),
    )
    // 1: a call failed, which is what is looked for.
    child.on('exit', (code) =>
      resolve(code === 0 || code === 1 || code === 99 || code === null ? null : `sipp: ${said()}`.trim()),
    )
  })
  const text = readIfThere(log)
  rmSync(folder, { recursive: true, force: true })
  return { heard: readLog(text), trouble }
}

/** Calls under way are cancelled or ended; what does not end by itself is ended. */
function hangUp(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  setTimeout(() => child.exitCode === null && child.kill('SIGKILL'), 3_000).unref()
}

/** `15`, `sip:15`, `15@centre.example`: what stands behind the sign is the border's when none is said. */
function addressOf(destination: string, via: string): string {
  const plain = destination.replace(/^sips?:/, '')
  return plain.includes('@') ? plain : `${plain}@${via}`
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
