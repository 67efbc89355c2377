import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import { CLOCKS } from '#app/_jobs/clocks.ts'
import { react } from '#app/_jobs/reactions.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { mergeIncidents } from '#app/incidents/commands/merge.ts'
import { publishStatus } from '#app/status/commands/publish.ts'
import { readPublicView } from '#app/status/view.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { draftInput } from '../input.ts'
import { readStatements } from '../queries.ts'
import { closePublicPage, openPublicPage } from './public-page.ts'
import { approveStatement, draftStatement, giveStatement, withdrawStatement } from './statements.ts'

const folder = mkdtempSync(join(tmpdir(), 'status-'))
vi.stubEnv('STATUS_DIR', folder)
afterAll(() => rmSync(folder, { recursive: true }))

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = new Date('2026-11-23T17:00:00Z')
const later = (minutes: number) => new Date(T0.getTime() + minutes * 60_000)
const INCIDENT = 'INC-2026-000077-1'
const [incident] = await owner`insert into incident (reference, state, level, opened_at, last_at)
  values (${INCIDENT}, 'confirmed', 3, ${T0}, ${T0}) returning id::int`

async function draft(over: object = {}, actor: AccountActor = people.agent) {
  const input = {
    incident: INCIDENT,
    audience: 'public',
    territoryCode: '59',
    text: 'Le 15 ne répond pas. Composez le 112.',
    nextAt: later(30).toISOString(),
  }
  return draftStatement(actor, draftInput.parse({ ...input, ...over }), T0)
}
async function drafted(over: object = {}, actor?: AccountActor): Promise<number> {
  const made = await draft(over, actor)
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.value.statementId
}
const approve = (actor: AccountActor, id: number, version = 1) =>
  approveStatement(actor, { statementId: id, version }, later(1))
/** A case of the département, so that its authority sees what the incident touches. */
async function touch(): Promise<void> {
  const report = reportInput.parse({
    ...{
      submissionId: '00000000-0000-4000-8000-000000000077',
      numbers: ['15'],
      symptom: 'NO_RING',
      territoryCode: '59',
    },
    ...{ callbackPhone: '0639980015', channel: 'portal' },
  })
  const made = await reportCase(people.samu59, report, T0)
  if (!made.ok) throw new Error(JSON.stringify(made))
  await owner`update cases set incident_id = ${incident?.id} where id = ${made.value.id}`
}
await touch()
const page = { incident: INCIDENT }
const TURN = { actor: machine('clock'), clock: () => T0, signal: AbortSignal.timeout(60_000) }

test('off by default; a director and an authority of the territory turn it on, either turns it off; its files follow', async () => {
  const id = await drafted()
  await approve(people.pref59, id)
  const said = async () => (await readPublicView(later(2))).items.map(({ text }) => text)
  expect(await said()).toEqual([])
  expect(await openPublicPage(people.lead, page, T0)).toMatchObject({ ok: false })
  expect(await openPublicPage(people.pref59, page, T0)).toMatchObject({
    reason: { key: 'statements.refused.not_asked' },
  })
  expect(await openPublicPage(people.director, page, T0)).toMatchObject({ ok: true })
  expect(await said()).toEqual([])
  for (const other of [people.pref37, people.samu59])
    expect(await openPublicPage(other, page, T0)).toMatchObject({ ok: false })
  expect(await openPublicPage(people.pref59, page, T0)).toMatchObject({ ok: true })
  expect(await readPublicView(later(2))).toMatchObject({
    items: [
      {
        kind: 'statement',
        territory: { code: '59', name: 'Nord' },
        authority: 'Préfecture 59 (essai)',
        nextAt: later(30).toISOString(),
      },
    ],
  })
  const lines = await owner`select id::int from journal where event = 'public.agreed' order by id`
  await react(
    machine('reactions'),
    lines.map((line) => line.id),
    later(2),
  )
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('Composez le 112')
  expect(JSON.parse(readFileSync(join(folder, 'status.json'), 'utf8'))).toMatchObject({
    notAnAlert: true,
    items: [{ territory: { code: '59' } }],
  })
  expect(await closePublicPage(people.pref59, page, later(3))).toMatchObject({ ok: true })
  expect(await said()).toEqual([])
  // Turned on anew by the director alone, it waits for the authority anew.
  await openPublicPage(people.director, page, later(4))
  expect(await said()).toEqual([])
  await openPublicPage(people.pref59, page, later(5))
  await withdrawStatement(people.agent, { statementId: id, version: 2 }, later(6))
  await publishStatus(machine('reactions'), null, later(6))
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('Aucune information')
})

test('an instruction validated for an incident whose page is on is there with its end, then its all clear', async () => {
  const slots = {
    who: 'R',
    fails: 'le 15 ne répond pas',
    where: 'Nord',
    todo: 'Composez le 112',
    until: 'Jusqu’à 19 h',
  }
  const [made] =
    await owner`insert into instruction (number, state, incident_id, failing, callers, territory_code, slots, all_clear, ends_at, drafted_at,
      drafted_by_name, in_force_at) values (900, 'in_force', ${incident?.id}, '15', 'any', '59', ${owner.json(slots)}, 'Le 15 répond.', ${later(60)}, ${T0}, 'x', ${T0}) returning id::int`
  expect((await readPublicView(later(7))).items, 'nobody validated it').toEqual([])
  await owner`insert into instruction_asked (instruction_id, text_version, organisation_id, part, asked_at, deadline_at, answer, answered_at)
    values (${made?.id}, 1, ${people.organisations.pref59}, 'authority', ${T0}, ${T0}, 'agreed', ${T0})`
  expect((await readPublicView(later(7))).items).toMatchObject([
    { kind: 'instruction', nextAt: later(60).toISOString() },
  ])
  await owner`update instruction set state = 'ended', ended_at = ${later(8)} where id = ${made?.id}`
  expect((await readPublicView(later(9))).items, 'its hour has passed: nobody says that 15 answers').toEqual(
    [],
  )
  await owner`update instruction set end_reason = 'Rétabli' where id = ${made?.id}`
  expect((await readPublicView(later(9))).items).toMatchObject([
    { kind: 'all_clear', text: 'Le 15 répond.', nextAt: null },
  ])
  await CLOCKS.public_page.turn({ ...TURN, now: later(9) })
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('Le 15 répond.')
  await CLOCKS.public_page.turn({ ...TURN, now: later(9 + 24 * 60) })
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('Aucune information')
})

test('to the public by the authority of its territory alone; to the media by a director who did not write it', async () => {
  const open = await drafted()
  for (const other of [people.pref37, people.samu59, people.director, people.agent])
    expect((await approve(other, open)).ok).toBe(false)
  const press = await drafted({ audience: 'media' })
  for (const other of [people.pref59, people.agent, people.lead])
    expect((await approve(other, press)).ok).toBe(false)
  expect(
    await giveStatement(people.agent, { statementId: press, by: 'Denis', to: 'AFP' }, later(2)),
  ).toMatchObject({
    reason: { key: 'statements.refused.not_approved' },
  })
  expect(await approve(people.director, press)).toMatchObject({ ok: true })
  expect(await approve(people.director, press, 2)).toMatchObject({
    reason: { key: 'statements.refused.decided' },
  })
  const own = await drafted({ audience: 'media' }, people.director)
  expect(await approve(people.director, own)).toMatchObject({ reason: { key: 'statements.refused.own' } })
  await giveStatement(people.agent, { statementId: press, by: 'Denis Essai', to: 'AFP' }, later(3))
  const [line] =
    await owner`select data ->> 'saidBy' as by, data ->> 'to' as whom from journal where event = 'statement.given'`
  expect(line).toEqual({ by: 'Denis Essai', whom: 'AFP' })
  expect((await readStatements(people.pref59, T0)).statements.every((one) => one.audience === 'public')).toBe(
    true,
  )
  expect((await readStatements(people.samu59, T0)).statements).toEqual([])
})

test('under embargo it is given to nobody', async () => {
  const press = await drafted({ audience: 'media', embargoUntil: later(10).toISOString() })
  await approve(people.director, press)
  const give = (minutes: number) =>
    giveStatement(people.agent, { statementId: press, by: 'D', to: 'AFP' }, later(minutes))
  expect(await give(9)).toMatchObject({ reason: { key: 'statements.refused.embargo' } })
  expect(await give(10)).toMatchObject({ ok: true })
})

test.each([
  ['a word of the trade', { text: 'Le VoLTE est en panne.' }, 'text'],
  ['FR-Alert', { text: 'Alerte FR-Alert : composez le 112.' }, 'text'],
  ['the next one past', { nextAt: T0.toISOString() }, 'nextAt'],
  ['an embargo before the public', { embargoUntil: later(10).toISOString() }, 'embargoUntil'],
  ['an embargo past', { embargoUntil: T0.toISOString() }, 'embargoUntil'],
  ['a territory that is none', { territoryCode: 'XX' }, 'territoryCode'],
])('%s: refused', async (_, over, field) => {
  const said = await draft(over)
  expect(Object.keys(said.ok ? {} : (said.fields ?? {}))).toEqual([field])
})

test('a word that does not come: the page says so and those who must act hear it, once; again when the incident closes', async () => {
  await owner`update statement set state = 'withdrawn'`
  await owner`update instruction set state = 'withdrawn'`
  await openPublicPage(people.director, page, T0)
  await approve(people.pref59, await drafted())
  const turned = async (minutes: number) => {
    await CLOCKS.instructions.turn({ ...TURN, now: later(minutes) })
    const lines =
      await owner`select id::int, data ->> 'why' as why from journal where event = 'statement.overdue' order by id`
    return lines.map(({ why }) => why)
  }
  const shown = async (minutes: number) =>
    (await readPublicView(later(minutes))).items.map(({ nextAt, updating }) => ({ nextAt, updating }))
  expect(await turned(30), 'a page that is off promises nothing').toEqual([])
  await openPublicPage(people.pref59, page, T0)
  expect(await turned(29)).toEqual([])
  expect(await shown(29)).toEqual([{ nextAt: later(30).toISOString(), updating: false }])
  expect(await turned(30)).toEqual(['next'])
  expect(await turned(31)).toEqual(['next'])
  expect(await shown(31)).toEqual([{ nextAt: null, updating: true }])
  const [line] = await owner`select id::int from journal where event = 'statement.overdue'`
  await react(machine('reactions'), [line?.id], later(31))
  const told =
    await owner`select a.role, a.organisation_id::int as of, m.data ->> 'toAt' as at from inbox_message m join account a on a.id = m.account_id
    where m.kind = 'statement_overdue' and a.role in ('lead', 'reporter', 'authority') order by a.id`
  const at = later(30).toISOString()
  expect(told.map((one) => one.of ?? one.role)).toEqual(
    expect.arrayContaining(['lead', people.organisations.pref59]),
  )
  expect(told.every((one) => one.at === at)).toBe(true)
  expect(told.some((one) => one.of === people.organisations.pref37)).toBe(false)
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('En cours de mise à jour')
  // The next word has come: the one before owes nothing.
  await owner`update statement set approved_at = ${T0} where state = 'approved'`
  await approve(people.pref59, await drafted({ nextAt: later(60).toISOString() }))
  expect(await shown(40)).toEqual(
    expect.arrayContaining([
      { nextAt: later(60).toISOString(), updating: false },
      { nextAt: null, updating: false },
    ]),
  )
  expect(await turned(40)).toEqual(['next'])
  await owner`update incident set state = 'closed', closed_at = ${later(45)} where id = ${incident?.id}`
  expect(await turned(45)).toEqual(['next', 'closed'])
  expect(await turned(46)).toEqual(['next', 'closed'])
})

test('merged, the authority that turned it on still turns it off, and no other sees it any more', async () => {
  const names = ['INC-2026-000078-2', 'INC-2026-000079-3'] as const
  for (const name of names)
    await owner`insert into incident (reference, state, level, opened_at, last_at) values (${name}, 'confirmed', 3, ${T0}, ${T0})`
  const [from, into] = names
  await owner`update cases set incident_id = (select id from incident where reference = ${from})`
  await openPublicPage(people.director, { incident: from }, T0)
  await openPublicPage(people.pref59, { incident: from }, T0)
  expect(
    await mergeIncidents(people.lead, { incident: from, into, reason: 'Une cause' }, later(3)),
  ).toMatchObject({ ok: true })
  const of = async (actor: AccountActor) =>
    (await readStatements(actor, later(4))).pages.map(({ reference }) => reference)
  expect(await of(people.pref37)).not.toContain(from)
  expect(await of(people.pref59)).toContain(from)
  expect(await closePublicPage(people.pref37, { incident: from }, later(5))).toMatchObject({ ok: false })
  expect(await closePublicPage(people.pref59, { incident: from }, later(5))).toMatchObject({ ok: true })
})

test('what an exercise says stays in it', async () => {
  const [exercise] =
    await owner`insert into exercise (drill_id, title, state, started_at) values ('x', 'x', 'running', ${T0}) returning id::int`
  const before = readFileSync(join(folder, 'index.html'), 'utf8')
  await publishStatus(machine('drill', Number(exercise?.id)), null, later(99))
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe(before)
})
