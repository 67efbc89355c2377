import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '#db/embedded.ts'
import { familyOf } from '../testing/processes.ts'

export type Site = Awaited<ReturnType<typeof openSite>>

/** One web and one worker, started alone as on a host of their own: npm run web, npm run worker. */
export async function openSite(name: string, folder: string, common: NodeJS.ProcessEnv) {
  const port = await freePort()
  const data = join(folder, name)
  mkdirSync(data, { recursive: true })
  const env = { ...common, PORT: String(port), PERMANENCE_DATA_DIR: data, WEB_PROCESSES: '1' }
  const base = `http://localhost:${port}`
  const children = new Map<string, ChildProcess>()

  function launch(part: 'web' | 'worker'): void {
    const log = openSync(join(data, `${part}.start.log`), 'a')
    const child = spawn(process.execPath, ['scripts/start.mjs', `--only-${part}`], {
      env,
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    children.set(part, child)
  }

  async function start(): Promise<void> {
    launch('web')
    launch('worker')
    for (;;) {
      const gone = [...children].find(([, child]) => child.exitCode !== null)
      if (gone)
        throw new Error(
          `${gone[0]} of ${name} ended: ${readFileSync(join(data, `${gone[0]}.start.log`), 'utf8')}`,
        )
      const answer = await fetch(`${base}/api/health`, { signal: AbortSignal.timeout(5_000) }).catch(
        () => null,
      )
      if (answer?.ok) return
      await wait(250)
    }
  }

  return {
    name,
    base,
    env,
    start,
    /** All of it at once, without a word to anybody. */
    kill(): void {
      const pids = [...children.values()].flatMap(({ pid }) =>
        pid ? familyOf(pid).map((one) => one.pid) : [],
      )
      for (const pid of pids) {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // It ended with another.
        }
      }
      children.clear()
    },
    async stop(): Promise<void> {
      await Promise.all(
        [...children.values()].map(async (child) => {
          if (child.exitCode !== null) return
          child.kill('SIGINT')
          await new Promise((resolve) => child.once('exit', resolve))
        }),
      )
    },
  }
}
