import { expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { proveJournal } from '#app/_journal/proof.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { retryJobs } from './commands/retry-jobs.ts'
import { readFigures } from './queries.ts'
import { findings } from './rules/findings.ts'
import { notSetUp, type SetupFacts } from './rules/setup.ts'

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
  // Jobs are of the real world, whatever exercise is open.
  expect(await retryJobs({ ...people.lead, exerciseId: 1 }, now)).toEqual({ ok: true, value: { count: 1 } })
  const figures = await readFigures(people.lead)
  expect(figures?.tasks.find(({ task }) => task === 'react')).toMatchObject({ failed: 0 })
  const [line] = await owner`select event, exercise_id as world, data from journal where chain = 'operations'`
  expect(line).toEqual({
    event: 'operations.jobs_retried',
    world: null,
    data: { count: 1, tasks: ['react'] },
  })
  expect(await retryJobs(people.lead, now)).toMatchObject({ reason: { key: 'operations.refused.none' } })
})

test('the proof of the journal is remembered with its hour, a broken line with its place', async () => {
  const now = new Date()
  await proveJournal(owner, machine('clock'), now)
  expect((await readFigures(people.agent))?.proof).toMatchObject({ at: now.toISOString(), broken: null })

  // A head that remembers a line which is not there.
  await owner`insert into journal_head (chain, seq, hash) values ('cut', 1, sha256('x'))`
  await proveJournal(owner, machine('clock'), now)
  const figures = await readFigures(people.agent)
  expect(figures?.proof?.broken).toEqual({ chain: 'cut', seq: 1 })
  expect(figures && findings(figures, 'ok').map(({ key }) => key)).toContain('journal_broken')
})

test('what of the first steps was not taken is told to the cell, and each that is taken is told no more', async () => {
  const missing = async () => notSetUp((await readFigures(people.agent))?.setup as SetupFacts)
  expect(await missing()).toEqual([
    'no_routing',
    'fictional_hotline',
    'empty_roster',
    'nobody_reachable',
    'channels_unset',
  ])
  await owner`insert into routing_rule (position, name, team_id) values (1, 'Nord', ${people.generalTeamId})`
  await owner`insert into setting (key, value) values ('hotline_phone', '"05 57 12 34 56"'),
    ('hotline_called', '{"number": "05 57 12 34 56"}')`
  await owner`insert into roster_shift (account_id, role, from_at, to_at)
    values (${people.lead.accountId}, 'lead', now() - interval '3 hours', now() - interval '1 hour')`
  expect(await missing()).toEqual(['empty_roster', 'nobody_reachable', 'channels_unset'])
  await owner`insert into setting (key, value) values ('channel.sms', '{}'), ('channel.voice', '{}')`
  await owner`insert into roster_shift (account_id, role, from_at, to_at)
    values (${people.lead.accountId}, 'lead', now(), now() + interval '8 hours')`
  await owner`insert into contact_way (account_id, kind, value) values (${people.lead.accountId}, 'mobile', '+33639980001')`
  expect(await missing()).toEqual([])
  await owner`update account set active = false where id = ${people.director.accountId}`
  expect(await missing()).toEqual(['no_director'])
})
