import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { DEPARTEMENTS } from '#db/reference/territories.ts'

/** What can be lost: everything, or what a number, a territory, a region or an operator carries; in parts of a hundred. */
export const LOSES = /^(?:all|(?:number|territory|region|operator):[\w.-]{1,40})$/
const HERE = new URL('.', import.meta.url).pathname

export type Practice = {
  /** Where calls are sent. */
  via: string
  lose: (what: string, percent: number) => Promise<void>
  stop: () => Promise<void>
}

/** Kamailio between callers and called parties that all answer, on this machine alone. */
export async function startPractice(port: number, calledPort: number, most = 200): Promise<Practice> {
  const folder = mkdtempSync(join(tmpdir(), 'permanence-network-'))
  const places = DEPARTEMENTS.map(({ code, regionCode }) => `  $sht(place=>${code}) = "${regionCode ?? ''}";`)
  const config = readFileSync(join(HERE, 'kamailio.cfg'), 'utf8')
    .replaceAll('@PORT@', String(port))
    .replaceAll('@CALLED@', String(calledPort))
    .replace('@PLACES@', places.join('\n'))
  writeFileSync(join(folder, 'kamailio.cfg'), config)
  const kamailio = spawn(
    'kamailio',
    [
      '-DD',
      '-E',
      '-m',
      '64',
      '-M',
      '8',
      '-f',
      join(folder, 'kamailio.cfg'),
      '-P',
      join(folder, 'kamailio.pid'),
      '-Y',
      folder,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const called = spawn(
    'sipp',
    [
      '-sf',
      join(HERE, 'called.xml'),
      '-i',
      '127.0.0.1',
      '-p',
      String(calledPort),
      '-l',
      String(most),
      '-nostdin',
    ],
    { stdio: 'ignore', cwd: folder },
  )
  let said = ''
  kamailio.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-2_000)
  })
  const stop = async () => {
    await Promise.all([ended(kamailio, 'SIGTERM'), ended(called, 'SIGKILL')])
    rmSync(folder, { recursive: true, force: true })
  }
  for (let tries = 0; ; tries += 1) {
    if (
      await rpc(port, 'core.version', []).then(
        () => true,
        () => false,
      )
    )
      break
    if (kamailio.exitCode !== null || called.exitCode !== null || tries > 100) {
      await stop()
      throw new Error(`the practice network did not start: ${said}`)
    }
    await wait(100)
  }
  return {
    via: `127.0.0.1:${port}`,
    lose: async (what, percent) => {
      if (!LOSES.test(what) || !(percent >= 0 && percent <= 100))
        throw new Error(`not to be lost: ${what} ${percent}`)
      await loseAt(port, what, percent)
    },
    stop,
  }
}

export async function loseAt(port: number, what: string, percent: number): Promise<void> {
  await rpc(port, 'htable.seti', ['loss', what, Math.round(percent * 10)])
}

async function rpc(port: number, method: string, params: unknown[]): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}/rpc`, {
    method: 'POST',
    body: JSON.stringify({ jsonrpc: '2.0', method, params, id: 1 }),
    signal: AbortSignal.timeout(3_000),
  })
  const { error, result } = (await answer.json()) as { error?: { message: string }; result?: unknown }
  if (error) throw new Error(error.message)
  return result
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
    setTimeout(() => child.kill('SIGKILL'), 5_000).unref()
  })
}
