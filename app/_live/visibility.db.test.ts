import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { type LiveLine, loadLines } from './lines.ts'
import { seesCase, seesLine, type Viewer } from './visibility.ts'

const { owner } = await createTestDatabase()

type Case = { id: number; organisationId: number | null; territoryCode: string; exerciseId: number | null }
let organisations: number[] = []
let exercise = 0
const cases: Case[] = []
let lines: LiveLine[] = []
let viewers: [string, AccountActor][] = []

beforeAll(async () => {
  organisations = (
    await owner`insert into organisation (kind, name, territory_code, search)
      values ('samu', 'SAMU de test', '31', ''), ('prefecture', 'Préfecture de test', '65', '') returning id`
  ).map((row) => Number(row.id))
  const now = new Date()
  const [world] = await owner`insert into exercise (drill_id, title, state, started_at)
    values ('d', 'Exercice', 'running', ${now}) returning id`
  exercise = Number(world?.id)
  const [team] = await owner`insert into team (name) values ('Équipe de test') returning id`
  const [account] =
    await owner`insert into account (email, name, role) values ('v@example.org', 'V', 'reporter') returning id`

  for (const organisationId of [...organisations, null])
    for (const territoryCode of ['31', '65'])
      for (const exerciseId of [null, exercise]) {
        const reference = `t-${organisationId}-${territoryCode}-${exerciseId}`
        const [row] =
          await owner`insert into cases (reference, submission_id, exercise_id, level, organisation_id,
            reporter_kind, channel, verification, numbers, symptom, territory_code, heard_at, received_at, next_contact_at, team_id, queue_rank)
          values (${reference}, gen_random_uuid(), ${exerciseId}, 2, ${organisationId}, 'samu', 'portal', 'signed_in',
            '{15}', 'NO_RING', ${territoryCode}, ${now}, ${now}, ${now}, ${team?.id}, 1) returning id`
        cases.push({ id: Number(row?.id), organisationId, territoryCode, exerciseId })
      }
  const writes = cases.flatMap((one) =>
    (['public', 'internal'] as const).map((visibility) => ({ ...one, visibility, chain: `case:${one.id}` })),
  )
  const apart = ['cell', 'directory', `account:${account?.id}`, 'account:0'].flatMap((chain) =>
    [null, exercise].map((exerciseId) => ({ id: null, exerciseId, visibility: 'public', chain })),
  )
  const ids: number[] = []
  for (const line of [...writes, ...apart]) {
    const [row] =
      await owner`insert into journal (chain, seq, exercise_id, case_id, at, actor_name, actor_side, event, visibility, data, prev_hash, hash)
      values (${line.chain}, 0, ${line.exerciseId}, ${line.id}, ${now}, 'x', 'machine', 'case.noted', ${line.visibility}, '{}', '', '') returning id`
    ids.push(Number(row?.id))
  }
  lines = await loadLines(ids, [null, exercise])

  const base = {
    kind: 'account',
    name: 'V',
    email: 'v@example.org',
    locale: 'fr',
    accountId: Number(account?.id),
  } as const
  const [first = 0, second = 0] = organisations
  const kinds: [string, Pick<AccountActor, 'role' | 'organisationId' | 'territories'>][] = [
    ['a centre', { role: 'reporter', organisationId: first, territories: [] }],
    ['an authority of one département', { role: 'reporter', organisationId: second, territories: ['65'] }],
    ['the authority of the other', { role: 'reporter', organisationId: second, territories: ['31'] }],
    ['a region', { role: 'reporter', organisationId: second, territories: ['R76', '31', '65'] }],
    ['the nation', { role: 'reporter', organisationId: second, territories: ['FR'] }],
    ['a reporter of no organisation', { role: 'reporter', organisationId: null, territories: [] }],
    ['an agent', { role: 'agent', organisationId: null, territories: [] }],
    ['a lead', { role: 'lead', organisationId: first, territories: [] }],
    ['a director', { role: 'director', organisationId: null, territories: [] }],
    ['an administrator', { role: 'admin', organisationId: null, territories: [] }],
  ]
  viewers = kinds.flatMap(([label, kind]) => [
    [label, { ...base, ...kind, exerciseId: null }],
    [`${label}, in the exercise`, { ...base, ...kind, exerciseId: exercise }],
  ])
})

const idsOf = (rows: { id: number }[]) => rows.map((row) => Number(row.id)).sort((a, b) => a - b)

describe('the rule in memory and the policy of the database say the same', () => {
  test('on cases and on journal lines, for every actor, in both worlds', async () => {
    expect(lines).toHaveLength(cases.length * 2 + 8)
    for (const [label, viewer] of viewers) {
      const [inCases, inJournal] = await asActor(viewer, async (tx) => [
        await tx.execute<{ id: number }>(sql`select id from cases`),
        await tx.execute<{ id: number }>(sql`select id from journal`),
      ])
      expect([label, idsOf(cases.filter((one) => seesCase(viewer, one)))]).toEqual([
        label,
        idsOf(inCases ?? []),
      ])
      expect([label, idsOf(lines.filter((line) => seesLine(viewer, line)))]).toEqual([
        label,
        idsOf(inJournal ?? []),
      ])
    }
  })

  test('and not by seeing all or nothing (counter-proof)', () => {
    const counts = new Set(
      viewers.map(([, viewer]: [string, Viewer]) => lines.filter((line) => seesLine(viewer, line)).length),
    )
    expect(counts.size).toBeGreaterThan(4)
  })

  test('lines of a world nobody looks at are not even loaded', async () => {
    const ids = lines.map((line) => line.id)
    expect((await loadLines(ids, [null])).every((line) => line.exerciseId === null)).toBe(true)
  })
})
