import { describe, expect, it } from 'vitest'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import { advanceCrisis } from '#app/crisis/commands/advance.ts'
import { DEPARTEMENTS } from '#db/reference/territories.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { attachCase, detachCase } from './attach.ts'
import { correlateNow } from './correlate.ts'
import { decideProposal } from './decide.ts'
import { learnBaseline } from './learn.ts'
import { mergeIncidents, splitIncident } from './merge.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = new Date('2026-05-04T06:00:00Z')
const minute = (n: number) => new Date(T0.getTime() + n * 60_000)

/** A fire service of a département, and who signs in for it. */
async function sdis(code: string): Promise<AccountActor> {
  const place = DEPARTEMENTS.find((one) => one.code === code)
  await owner`insert into territory (code, kind, name, region_code, zone_code, time_zone)
    values (${code}, 'departement', ${place?.name ?? code}, ${place?.regionCode ?? null}, ${place?.zoneCode ?? null}, 'Europe/Paris')
    on conflict do nothing`
  const name = `SDIS ${code}`
  const [made] = await owner`insert into organisation (kind, name, territory_code, sees, search)
    values ('sdis', ${name}, ${code}, '{}', ${name.toLowerCase()}) returning id::int`
  const [account] = await owner`insert into account (email, name, role, organisation_id)
    values (${`sdis.${code}@demo.example`}, ${name}, 'reporter', ${made?.id}) returning id::int`
  return { ...people.samu59, accountId: account?.id, organisationId: made?.id, name }
}

const WAVE = ['59', '62', '80', '75', '69', '13', '31', '33']
const centres = new Map<string, AccountActor>()
for (const code of [...WAVE, '21', '35', '67']) centres.set(code, await sdis(code))
const tells = (code: string, at: number) =>
  says(centres.get(code) as AccountActor, code, minute(at), { numbers: ['18'] })
const wave = async (codes: string[], from: number) => {
  const told: string[] = []
  for (const [rank, code] of codes.entries()) told.push(await tells(code, from + rank))
  return told
}
const incidentOf = async (reference: string) =>
  (
    await owner`select i.reference, i.level from cases c left join incident i on i.id = c.incident_id where c.reference = ${reference}`
  )[0] as { reference: string | null; level: number | null }
const crises = () =>
  owner<
    {
      id: number
      state: string
      group_start: Date
      fired_at: Date
      version: number
      reopened_at: Date | null
    }[]
  >`
    select id::int, state, group_start, fired_at, version, reopened_at from proposal where level = 'crisis' order by id`

const morning = [await says(people.samu59, '59', minute(0)), await says(people.pref59, '59', minute(12))]
const first = await wave(WAVE, 180)

describe('a wave on top of a local incident of the morning', () => {
  it('one incident holds all of it, and the morning keeps its own', async () => {
    const local = await incidentOf(morning[0] as string)
    expect(local.reference).not.toBeNull()
    const homes = new Set(await Promise.all(first.map(async (one) => (await incidentOf(one)).reference)))
    expect([...homes]).toHaveLength(1)
    expect([...homes]).not.toContain(local.reference)
  })

  it('its clock is its own: it starts with the first report of the wave', async () => {
    const [asked] = await crises()
    expect(asked?.group_start).toEqual(minute(180))
    await advanceCrisis(machine('clock'), minute(188))
    const runs = await owner`select first_report_at from crisis where ended_at is null`
    expect(runs).toEqual([{ first_report_at: minute(180) }])
  })
})

describe('a correction teaches', () => {
  let beside = ''
  it('what a lead moves out stays out, and what looks like it follows', async () => {
    const [, , , , , , out = ''] = first
    const { reference: from } = await incidentOf(out)
    const split = await splitIncident(
      people.lead,
      { incident: from as string, cases: [out], into: null, reason: 'Panne de leur autocom' },
      minute(190),
    )
    if (!split.ok) throw new Error(JSON.stringify(split))
    beside = split.value.reference
    await correlateNow(machine('rules'), minute(191))
    await tells('80', 192)
    expect((await incidentOf(out)).reference).toBe(beside)
    expect((await incidentOf(await tells('31', 193))).reference).toBe(beside)
  })

  it('is for a lead, says its reason once, and merging takes it back', async () => {
    const { reference: into } = await incidentOf(first[0] as string)
    const input = { incident: beside, into: into as string, reason: 'Même cause, finalement' }
    expect(await mergeIncidents(people.agent, input, minute(194))).toMatchObject({ ok: false })
    expect(await mergeIncidents(people.lead, input, minute(194))).toMatchObject({
      ok: true,
      value: { moved: 2 },
    })
    expect((await incidentOf(first[6] as string)).reference).toBe(into)
    expect(
      await owner`select state, merged_into_id is not null as merged, title from incident where reference = ${beside}`,
    ).toEqual([{ state: 'closed', merged: true, title: '18 – Haute-Garonne' }])
    expect((await incidentOf(await tells('31', 195))).reference).toBe(into)
  })
})

describe('a correction by hand, one case at a time', () => {
  const [, , , , , corrected = ''] = first

  it('detached, it stays out whatever comes next', async () => {
    const { reference: from } = await incidentOf(corrected)
    const input = { incident: from as string, case: corrected, reason: 'Travaux chez eux', cause: null }
    expect(await detachCase(people.agent, input, minute(195.2))).toMatchObject({ ok: true })
    await tells('80', 195.3)
    expect(await incidentOf(corrected)).toEqual({ reference: null, level: null })
  })

  it('attached elsewhere, it stays there', async () => {
    const { reference: into } = await incidentOf(morning[0] as string)
    const input = { incident: into as string, case: corrected, reason: 'La panne du matin' }
    expect(await attachCase(people.agent, input, minute(195.4))).toMatchObject({ ok: true })
    await tells('75', 195.5)
    expect((await incidentOf(corrected)).reference).toBe(into)
  })
})

describe('an outside cause', () => {
  it('is watched, not a crisis of the network: nobody is asked, silence activates nothing', async () => {
    const [asked] = await crises()
    const input = {
      proposalId: asked?.id as number,
      version: asked?.version as number,
      incidentReference: null,
    }
    expect(
      await decideProposal(
        people.lead,
        {
          ...input,
          decision: 'outside',
          reason: null,
          outsideCause: 'power',
          outsideReason: 'Coupure annoncée par le distributeur',
        },
        minute(196),
      ),
    ).toMatchObject({ ok: true })
    await tells('21', 197)
    await advanceCrisis(machine('clock'), minute(240))
    expect(await crises()).toMatchObject([{ state: 'watched' }])
    expect(await owner`select 1 from crisis where activated_at is not null`).toHaveLength(0)
  })

  it('comes back when it outgrows the cause', async () => {
    await tells('35', 241)
    await tells('67', 242)
    expect(await crises()).toMatchObject([{ state: 'watched' }])
    // half as many places again as when it was explained
    for (const [rank, code] of ['54', '57'].entries()) {
      centres.set(code, await sdis(code))
      await tells(code, 243 + rank)
    }
    expect(await crises()).toMatchObject([{ state: 'open', reopened_at: minute(243) }])
  })

  it('declined then, the clock of the next wave is that wave’s, not what is left of this one', async () => {
    const [asked] = await crises()
    const input = {
      proposalId: asked?.id as number,
      version: asked?.version as number,
      incidentReference: null,
    }
    expect(
      await decideProposal(
        people.lead,
        { ...input, decision: 'declined', reason: 'Réseau vérifié', outsideCause: null },
        minute(246),
      ),
    ).toMatchObject({ ok: true })
    await advanceCrisis(machine('clock'), minute(247))
    await wave(WAVE, 780)
    const both = await crises()
    expect(both.map((one) => [one.state, one.group_start])).toEqual([
      ['declined', minute(180)],
      ['open', minute(780)],
    ])
    await advanceCrisis(machine('clock'), minute(788))
    const runs = await owner`select first_report_at from crisis where ended_at is null`
    expect(runs).toEqual([{ first_report_at: minute(780) }])
    const homes = await owner`select distinct incident_id from proposal where level = 'crisis'`
    expect(homes).toHaveLength(2)
  })
})

describe('an episode is over when it has cooled, not when it is old', () => {
  const newest = async () => (await crises()).at(-1)
  const HOURS_49 = 49 * 60

  it('its next report joins it, two days after its proposal', async () => {
    const before = await newest()
    await owner`update proposal set made_at = made_at - make_interval(mins => ${HOURS_49}) where id = ${before?.id as number}`
    const joins = await tells('59', 790)
    expect((await newest())?.id).toBe(before?.id)
    const [row] =
      await owner`select 1 from proposal p join cases c on c.id = any (p.case_ids) where p.id = ${before?.id as number} and c.reference = ${joins}`
    expect(row).toBeDefined()
  })

  it('what a person decides while it is being read is kept', async () => {
    const asked = (await newest())?.id as number
    let read: Promise<unknown> = Promise.resolve()
    await owner.begin(async (tx) => {
      await tx`update proposal set episode = episode || '{"watched": {"places": 99, "years": 1}}', version = version + 1 where id = ${asked}`
      read = tells('62', 791)
      await waiting()
    })
    await read
    expect(
      await owner`select episode -> 'watched' ->> 'places' as places from proposal where id = ${asked}`,
    ).toEqual([{ places: '99' }])
  })

  it('accepted at the instant it would lapse, it is accepted; unanswered and quiet, it lapses as a new version', async () => {
    const asked = await newest()
    const id = asked?.id as number
    await owner`update proposal set sure_at = null, episode = episode || '{"sureAt": null}' where id = ${id}`
    let read: Promise<unknown> = Promise.resolve()
    await owner.begin(async (tx) => {
      await tx`update proposal set state = 'accepted', decided_at = ${minute(792)}, decided_by_name = 'Clara Essai' where id = ${id}`
      read = correlateNow(machine('rules'), minute(792 + 13 * 60))
      await waiting()
    })
    await read
    expect(await newest()).toMatchObject({ id, state: 'accepted' })
    await owner`update proposal set state = 'open', decided_at = null where id = ${id}`
    await correlateNow(machine('rules'), minute(793 + 13 * 60))
    expect(await newest()).toMatchObject({ id, state: 'lapsed', version: (asked?.version as number) + 1 })
    const told =
      await owner`select 1 from journal where event = 'proposal.lapsed' and (data ->> 'proposalId')::int = ${id}`
    expect(told).toHaveLength(1)
  })

  /** Until a transaction of ours waits for a row that another holds. */
  const waiting = () =>
    expect
      .poll(
        () =>
          owner`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      .not.toHaveLength(0)
})

it('no incident stands at a level that its journal does not tell', async () => {
  const levels = await owner`select i.level, (
      select coalesce(j.data ->> 'to', j.data ->> 'level')::int from journal j
      where j.incident_id = i.id and j.event in ('incident.opened', 'incident.level_changed') order by j.id desc limit 1) as told
    from incident i`
  expect(levels.some((one) => one.level === 4)).toBe(true)
  for (const { level, told } of levels) expect(told).toBe(level)
})

describe('what is usual', () => {
  it('is learnt once a day from the real desk, and never in an exercise', async () => {
    const at = minute(900)
    expect(await learnBaseline({ ...machine('rules'), exerciseId: 1 }, at)).toEqual({ learnt: false })
    expect(await learnBaseline(machine('rules'), at)).toEqual({ learnt: true })
    expect(await learnBaseline(machine('rules'), minute(960))).toEqual({ learnt: false })
    expect(await learnBaseline(machine('rules'), minute(900 + 24 * 60))).toEqual({ learnt: true })
    expect(await owner`select 1 from desk_baseline`).toHaveLength(2)
  })
})
