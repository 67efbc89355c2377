import { Logger, type TaskList } from 'graphile-worker'
import { afterEach, expect, test, vi } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { takeUpLeftBehind } from './left-behind.ts'
import { keepQueue, type Queue } from './queue.ts'

const { owner } = await createTestDatabase()
const queues: Queue[] = []
const gate = Promise.withResolvers<void>()
afterEach(async () => {
  gate.resolve()
  for (const queue of queues.splice(0)) await queue.stop()
})

const STILL_MS = 400

/** A queue that does one job at a time, and what it says when it hangs. */
function queueOf(taskList: TaskList) {
  const [said, hung] = [vi.fn(), vi.fn()]
  queues.push(
    keepQueue(
      process.env.PERMANENCE_WORKER_URL as string,
      {
        concurrency: 1,
        noHandleSignals: true,
        pollInterval: 50,
        taskList,
        logger: new Logger(() => () => {}),
      },
      (error) => said(String(error)),
      { stillMs: STILL_MS, hung },
    ),
  )
  return { said, hung }
}

const add = (task: string) => owner`select graphile_worker.add_job(${task}, '{}'::json)`

test('a queue in which nothing ends though jobs are due says so, and is ended', async () => {
  // One is begun, some are fetched to be next, the others wait.
  for (let n = 0; n < 40; n++) await add('never_ends')
  const { said, hung } = queueOf({ never_ends: () => gate.promise })
  await expect.poll(() => hung.mock.calls.length).toBeGreaterThan(0)
  expect(said.mock.calls.flat()).toContain('Error: no job ended in 0.4 seconds, though some were due')
})

test('one that has nothing due does not hang, however long', async () => {
  await owner`delete from graphile_worker._private_jobs`
  await owner`select graphile_worker.add_job('later', '{}'::json, run_at => now() + interval '1 hour')`
  const { hung } = queueOf({ later: () => gate.promise })
  const looks = async () =>
    (
      await owner`select from pg_stat_activity where query like '%_private_jobs%is_available%' and application_name = 'permanence queue'`
    ).length
  await expect.poll(looks).toBe(1)
  expect(hung).not.toHaveBeenCalled()
})

test('jobs that nobody takes up make the clock that looks after them late, in words', async () => {
  await owner`delete from graphile_worker._private_jobs`
  await expect(takeUpLeftBehind(owner)).resolves.toBeUndefined()
  await owner`select graphile_worker.add_job('react', '{"lines":[]}'::json, run_at => now() - interval '1 hour')`
  await expect(takeUpLeftBehind(owner)).rejects.toThrow('1 job(s) due for more than 60 seconds')
})
