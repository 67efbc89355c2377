import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { addProbe } from '#app/supervision/commands/keep-plan.ts'
import { takeResults } from '#app/supervision/commands/take-results.ts'
import { tellRunner } from '#app/supervision/commands/tell-runner.ts'
import { readSupervision } from '#app/supervision/queries.ts'
import { BURST } from '#app/supervision/rules/burst.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { correlateNow } from './correlate.ts'
import { hearProbes } from './hear-probes.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const [RULES, PROBES] = [machine('rules'), machine('probes')]
const T = Date.parse('2026-11-26T10:00:00Z')
const at = (minutes: number) => new Date(T + minutes * 60_000)
const CENTRES = { 59: 'samu59', 37: 'samu37', 69: 'samu69', 13: 'samu13' } as const
const NUMBERS = ['15', '17', '18', '112'] as const
const NETWORKS = { 'alpha-1': 'Alpha', 'bravo-1': 'Bravo', 'alpha-2': 'Alpha' } as const

for (const [name, operator] of Object.entries(NETWORKS))
  await addProbe(
    people.lead,
    { name, territoryCode: '59', operator, technology: operator === 'Alpha' ? 'trunk' : 'volte' },
    at(-60),
  )
for (const [territory, centre] of Object.entries(CENTRES))
  for (const number of NUMBERS)
    await owner`insert into test_agreement (organisation_id, number, territory_code, destination, agreed_by, agreed_on, contact, most_per_hour, created_at, created_by_name)
      values (${people.organisations[centre]}, ${number}, ${territory}, ${`${number}-${territory}`}, 'x', '2026-01-01', 'x', 60, ${at(-60)}, 'x')`
await owner`insert into test_plan select a.id, p.id, 300 from test_agreement a, probe p`
const agreements = await owner<{ id: number; number: string; territory: string }[]>`
  select id::int as id, number, territory_code as territory from test_agreement order by number, territory_code`
const cellOf = (number: string, territory: string) =>
  agreements.find((one) => one.number === number && one.territory === territory)?.id

async function call(
  probe: keyof typeof NETWORKS,
  number: string,
  territory: string,
  passes: boolean,
  minutes: number,
  burst?: number,
) {
  const line = {
    id: randomUUID(),
    agreement: cellOf(number, territory),
    at: at(minutes).toISOString(),
    rang: passes,
  }
  const answer = passes ? { sip: 200 } : { sip: 503, cause: 38 }
  const told = await takeResults(
    PROBES,
    {
      probe,
      results: [{ ...line, ...answer, ...(burst ? { burst } : {}) }],
      allOrNone: false,
      trouble: null,
    },
    at(minutes),
  )
  if (!told.ok || told.value.taken !== 1) throw new Error(JSON.stringify(told))
}
async function reported(
  who: keyof typeof people & `samu${string}`,
  number: string,
  territoryCode: string,
  minutes: number,
) {
  const input = reportInput.parse({
    submissionId: randomUUID(),
    numbers: [number],
    symptom: 'NO_RING',
    territoryCode,
  })
  const made = await reportCase(people[who] as never, input, at(minutes))
  if (!made.ok) throw new Error(made.reason.key)
  return made.value
}
const bursts = () => owner<{ id: number; state: string; cause: string; probe_ids: number[] }[]>`
  select id::int as id, state, cause, probe_ids from probe_burst order by id`
const proposals = () => owner<
  {
    rule: string
    level: string
    sure_at: Date | null
    case_ids: number[]
    reason: { values: Record<string, unknown> }
  }[]
>`
  select rule, level, sure_at, case_ids, reason from proposal where rule = 'probes' order by id`

beforeEach(async () => {
  await owner`truncate probe_result, probe_window, probe_last, probe_burst restart identity`
  await owner`update probe_watch set read_to = 0, memory = '{}', usual = '{}', learnt_at = null, stopped_at = null`
  await owner`truncate proposal, case_test cascade`
  // The journal refuses to forget: cases of the test before are closed, long ago.
  await owner`update cases set state = 'closed', received_at = ${at(-60 * 24 * 30)}, next_contact_at = null, deadline_at = null, incident_id = null`
  await owner`update incident set state = 'closed'`
})

describe('a burst', () => {
  const runner = async (probe: string, minutes: number) => {
    const told = await tellRunner(PROBES, { probe }, at(minutes))
    return told.ok ? told.value.bursts : []
  }
  test('is asked of two networks when a call fails; what they say decides it, once', async () => {
    for (const probe of Object.keys(NETWORKS)) await runner(probe, 0)
    await call('alpha-1', '15', '59', false, 0)
    expect(await hearProbes(RULES, at(0.1))).toMatchObject({ bursts: 1, decided: 0 })
    // A second failure of the same place asks for nothing more.
    await call('alpha-2', '15', '59', false, 0.2)
    expect(await hearProbes(RULES, at(0.3))).toMatchObject({ bursts: 0 })
    const [burst] = await bursts()
    expect(await runner('alpha-1', 0.4)).toEqual([])
    const asked = [await runner('bravo-1', 0.4), await runner('alpha-2', 0.4)]
    expect(asked.map((some) => some[0])).toEqual(
      [1, 2].map(() => ({
        id: burst?.id,
        agreement: cellOf('15', '59'),
        destination: '15-59',
        calls: BURST.callsEach,
      })),
    )
    await call('bravo-1', '15', '59', false, 0.5, burst?.id)
    expect(await hearProbes(RULES, at(0.6))).toMatchObject({ decided: 0 })
    await call('alpha-2', '15', '59', false, 0.7, burst?.id)
    expect(await hearProbes(RULES, at(0.8))).toMatchObject({ decided: 1 })
    expect(await bursts()).toMatchObject([{ state: 'confirmed', cause: 'probe' }])
    expect(await hearProbes(RULES, at(0.9))).toMatchObject({ decided: 0 })
    const [line] =
      await owner`select event, data from journal where chain = 'supervision' order by seq desc limit 1`
    expect(line).toMatchObject({
      event: 'supervision.burst_confirmed',
      data: { number: '15', territory: '59', passed: 0, tried: 2 },
    })
  })

  test('without an answer it ends by itself after three minutes', async () => {
    await runner('alpha-1', 0)
    await call('alpha-1', '15', '59', false, 0)
    await hearProbes(RULES, at(0))
    const end = BURST.withinMs / 60_000
    expect(await hearProbes(RULES, at(end - 0.01))).toMatchObject({ decided: 0 })
    expect(await hearProbes(RULES, at(end))).toMatchObject({ decided: 1 })
    expect(await bursts()).toMatchObject([{ state: 'unanswered' }])
  })

  test('is asked by a report, writes its tests on the case, and R0 makes an N3 of them', async () => {
    for (const probe of Object.keys(NETWORKS)) await runner(probe, 0)
    const { id } = await reported('samu59', '15', '59', 0)
    expect(await hearProbes(RULES, at(0.1))).toMatchObject({ bursts: 1 })
    const [burst] = await bursts()
    expect(burst).toMatchObject({ cause: 'report' })
    for (const probe of ['alpha-1', 'bravo-1'] as const) await call(probe, '15', '59', false, 0.5, burst?.id)
    await hearProbes(RULES, at(0.6))
    expect(
      await owner`select side, purpose, operator, passed, tried from case_test where case_id = ${id} and side = 'cell' order by operator`,
    ).toEqual([
      { side: 'cell', purpose: 'check', operator: 'Alpha', passed: 0, tried: 1 },
      { side: 'cell', purpose: 'check', operator: 'Bravo', passed: 0, tried: 1 },
    ])
    await correlateNow(RULES, at(0.7))
    expect(await owner`select rule, level from proposal where rule = 'R0' and level = 'N3'`).toHaveLength(1)
  })

  test('that passes says so on the case and changes nothing else of it: a person is still to check', async () => {
    for (const probe of Object.keys(NETWORKS)) await runner(probe, 0)
    const { id } = await reported('samu59', '15', '59', 0)
    const before =
      await owner`select state, level, version, check_due_at, next_contact_at from cases where id = ${id}`
    await hearProbes(RULES, at(0.1))
    const [burst] = await bursts()
    for (let n = 0; n < 3; n += 1)
      for (const probe of ['alpha-1', 'bravo-1'] as const) await call(probe, '15', '59', true, 0.5, burst?.id)
    await hearProbes(RULES, at(0.6))
    expect(await bursts()).toMatchObject([{ state: 'cleared' }])
    expect(
      await owner`select state, level, version, check_due_at, next_contact_at from cases where id = ${id}`,
    ).toEqual(before)
    const [line] =
      await owner`select visibility, data from journal where case_id = ${id} and event = 'case.tested'`
    expect(line).toMatchObject({ visibility: 'internal', data: { side: 'probe', passed: 6, tried: 6 } })
    // And the page says that a person is believed.
    const { cells } = await readSupervision(people.agent, at(1).toISOString())
    expect(cells.find((one) => one.number === '15' && one.territory === '59')).toMatchObject({
      reports: 1,
      burst: 'cleared',
    })
  })

  test('nobody is called while the switch is thrown', async () => {
    await runner('alpha-1', 0)
    await owner`update probe_watch set stopped_at = ${at(0)}`
    await call('alpha-1', '15', '59', false, 0)
    expect(await hearProbes(RULES, at(0.1))).toMatchObject({ bursts: 0 })
  })
})

describe('what many calls say together', () => {
  const each = agreements.map(({ number, territory }) => [number, territory] as const)
  /** A round of calls, each from the next probe; one in `every` fails. */
  async function round(from: number, fails: (nth: number) => boolean): Promise<number[]> {
    const names = Object.keys(NETWORKS) as (keyof typeof NETWORKS)[]
    const proposed: number[] = []
    for (const [nth, [number, territory]] of each.entries()) {
      const minute = from + nth / 30
      await call(names[nth % names.length] as keyof typeof NETWORKS, number, territory, !fails(nth), minute)
      proposed.push(...(await hearProbes(RULES, at(minute))).proposed)
    }
    return proposed
  }

  test('everything fails everywhere: proposed to a person without any report; silence activates nothing; once', async () => {
    expect(await round(0, () => false)).toEqual([])
    const proposed = await round(1, () => true)
    expect(proposed).toHaveLength(1)
    const [one] = await proposals()
    expect(one).toMatchObject({
      rule: 'probes',
      level: 'crisis',
      sure_at: null,
      case_ids: [],
      reason: { values: { kind: 'country', organisations: 0 } },
    })
    expect(await round(2, () => true)).toEqual([])
  })

  test('with two centres that report it, the same is proposed sooner, holds their cases, and silence may activate', async () => {
    await round(0, () => false)
    const alone = await round(1, () => true)
    const after = Number(
      (await owner`select count(*)::int as n from probe_result where verdict = 'failed'`)[0]?.n,
    )
    expect(alone).toHaveLength(1)
    const [without] = await owner`select reason from proposal`
    await owner`truncate probe_result, probe_window, probe_last, probe_burst, proposal cascade`
    await owner`update probe_watch set read_to = 0, memory = '{}'`
    await round(20, () => false)
    const cases = [await reported('samu59', '15', '59', 21), await reported('samu69', '18', '69', 21.1)]
    expect(await round(21.2, () => true)).toHaveLength(1)
    const [one] = await proposals()
    expect(one?.case_ids.map(Number).sort()).toEqual(cases.map(({ id }) => id).sort())
    expect(one?.sure_at).not.toBeNull()
    expect(Number(one?.reason.values.failed)).toBeLessThan(Number(without?.reason.values.failed))
    expect(after).toBeGreaterThan(3)
    const [held] = await owner`select count(*)::int as n from cases where incident_id is not null`
    expect(held?.n).toBe(2)
    // The reports' own watch knows it as theirs: no second question.
    await correlateNow(RULES, at(23))
    expect(await owner`select 1 from proposal where level = 'crisis'`).toHaveLength(1)
  })
})
