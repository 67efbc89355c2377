import { expect, test } from 'vitest'
import { proveJournal } from '#app/_journal/proof.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { retryJobs } from './commands/retry-jobs.ts'
import { readFigures } from './queries.ts'
import { findings } from './rules/findings.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)

test('figures are for the cell, and for nobody else', async () => {
  expect(await readFigures(people.samu59)).toBeNull()
  expect(await readFigures(people.pref59)).toBeNull()
  expect(await readFigures(people.agent)).toMatchObject({ lines: expect.any(Number), workerAt: null })
})

test('a job given up is named with its error, never with what it carries', async () => {
  await owner`select graphile_worker.add_job('react', '{"secret": "carried"}'::json, max_attempts => 1)`
  await owner`update graphile_worker._private_jobs set attempts = 1, last_error = ${'first line\nsecond line'}`
  const figures = await readFigures(people.lead)
  expect(figures?.tasks).toMatchObject([{ task: 'react', failed: 1, waiting: 0, oldestAt: null }])
  expect(figures?.failures).toMatchObject([
    { task: 'react', attempts: 1, maxAttempts: 1, error: 'first line' },
  ])
  expect(JSON.stringify(figures)).not.toContain('carried')
})

test('a lead has the jobs given up tried again, nobody below does', async () => {
  const now = new Date()
  expect(await retryJobs(people.agent, now)).toMatchObject({ reason: { key: 'operations.refused.lead' } })
  expect(await retryJobs(people.samu59, now)).toMatchObject({ ok: false })
  expect(await retryJobs(people.lead, now)).toEqual({ ok: true, value: { count: 1 } })
  const figures = await readFigures(people.lead)
  expect(figures?.tasks.find(({ task }) => task === 'react')).toMatchObject({ failed: 0 })
  const [line] = await owner`select event, data from journal where chain = 'operations'`
  expect(line).toEqual({ event: 'operations.jobs_retried', data: { count: 1, tasks: ['react'] } })
  expect(await retryJobs(people.lead, now)).toMatchObject({ reason: { key: 'operations.refused.none' } })
})

test('the proof of the journal is remembered with its hour, a broken line with its place', async () => {
  const now = new Date()
  await proveJournal(owner, now)
  expect((await readFigures(people.agent))?.proof).toMatchObject({ at: now.toISOString(), broken: null })

  // A head that remembers a line which is not there.
  await owner`insert into journal_head (chain, seq, hash) values ('cut', 1, sha256('x'))`
  await proveJournal(owner, now)
  const figures = await readFigures(people.agent)
  expect(figures?.proof?.broken).toEqual({ chain: 'cut', seq: 1 })
  expect(figures && findings(figures, 'ok').map(({ key }) => key)).toContain('journal_broken')
})
