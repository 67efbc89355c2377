import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { clockValues } from '#app/crisis/rules/thresholds.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { fourCentres } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const folder = mkdtempSync(join(tmpdir(), 'permanence-clock-'))
const clock = join(folder, 'shift')
const workers = new Set<ChildProcess>()
const MINUTE = 60_000
// Three workers begin in it, on a machine that does other things.

/** A worker as npm start runs it, on the clock of this file. */
function work(): ChildProcess {
  const child = spawn(process.execPath, ['app/_jobs/worker.ts'], {
    env: { ...process.env, PERMANENCE_CLOCK_FILE: clock, PERMANENCE_DATA_DIR: folder },
    stdio: 'ignore',
  })
  workers.add(child)
  child.once('exit', () => workers.delete(child))
  return child
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await new Promise((resolve) => child.once('exit', resolve))
}

afterAll(async () => {
  await Promise.all([...workers].map((child) => end(child, 'SIGKILL')))
  rmSync(folder, { recursive: true, force: true })
})

it('killed between proposal and activation, it activates after its restart in time; two of them do it once', {
  timeout: 350_000,
}, async () => {
  writeFileSync(clock, '0')
  const from = new Date(Date.now() - 7 * MINUTE)
  await fourCentres(people, from)
  const first = work()
  const runs = async () => (await owner`select 1 from crisis`).length
  await expect.poll(runs).toBe(1)
  await end(first, 'SIGKILL')

  const { clockMin, silenceBeforeEndMin } = clockValues()
  const silence = clockMin - silenceBeforeEndMin
  expect(await owner`select 1 from crisis where activated_at is not null`).toHaveLength(0)
  writeFileSync(clock, String((silence - 7) * MINUTE))
  const two = [work(), work()]
  const activated = async () => (await owner`select 1 from crisis where activated_at is not null`).length
  await expect.poll(activated).toBe(1)
  // Both have looked again since.
  const beats = async () =>
    (await owner`select name from worker_heartbeat where at > now() - interval '10 seconds'`).length
  await expect.poll(beats).toBeGreaterThanOrEqual(2)

  const [run] = await owner<{ activated_at: Date; activated_by: string }[]>`
    select activated_at, activated_by from crisis`
  expect(run?.activated_by).toBe('silence')
  const minutes = ((run?.activated_at.getTime() ?? 0) - from.getTime()) / MINUTE
  expect(minutes).toBeGreaterThanOrEqual(silence)
  expect(minutes).toBeLessThan(clockMin)
  expect(await owner`select 1 from journal where event = 'crisis.activated'`).toHaveLength(1)
  expect(await owner`select 1 from cell_state where state = 'crisis'`).toHaveLength(1)
  await Promise.all(two.map((child) => end(child, 'SIGTERM')))
})
