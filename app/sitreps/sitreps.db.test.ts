import { expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { acknowledgeNotice, askForCalls } from '#app/crisis/commands/notice-answers.ts'
import { draftNotice, issueNotice, prepareNotice, sendPrepared } from '#app/crisis/commands/notices.ts'
import { sendInput } from '#app/crisis/input.ts'
import type { Picture } from '#app/incidents/picture.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { issueForm } from './input.ts'
import { listForAuthority, listForCell, readNotice } from './queries.ts'

const database = await createTestDatabase()
const people = await makePeople(database.owner)
const now = new Date('2026-11-23T16:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

await database.owner`insert into incident (reference, state, level, opened_at, last_at)
  values ('INC-2026-000090-1', 'confirmed', 3, ${now}, ${now})`

const { pref59, pref37 } = people.organisations
const body = {
  text: 'Le 15 passe de nouveau depuis les mobiles.',
  contact: '01 99 00 00 15',
  annexes: [
    { code: '59', text: 'Nord : standard secouru.' },
    { code: '37', text: 'Touraine : rien à signaler.' },
  ],
}

async function issue(organisationIds: number[], over = {}) {
  const draft = await draftNotice(
    people.agent,
    { kind: 'situation_report', incident: 'INC-2026-000090-1' },
    now,
  )
  if (!draft.ok) throw new Error(draft.reason.key)
  const { noticeId, number } = draft.value
  const input = { noticeId, version: null, nextAt: later(30), organisationIds, body: { ...body, ...over } }
  return { noticeId, number, issued: await issueNotice(people.agent, issueForm.parse(input), now) }
}

test('each authority reads the same text and its own annex alone, and nobody else reads anything', async () => {
  const { noticeId } = await issue([pref59, pref37])
  const read = await readNotice(people.pref59, noticeId, now)
  expect(read?.recipients).toHaveLength(1)
  expect(read?.own?.annex).toBe('Nord : standard secouru.')
  expect(JSON.stringify(read)).not.toContain('Touraine')
  expect(read?.one.body.contact).toBe('01 99 00 00 15')
  expect((await readNotice(people.pref37, noticeId, now))?.own?.annex).toBe('Touraine : rien à signaler.')
  expect(await readNotice(people.samu59, noticeId, now)).toBeNull()
  expect(await listForAuthority(people.samu59)).toEqual([])
})

test('a draft is read by the cell alone; the next number carries the words on, and a blank one is left out', async () => {
  const first = await issue([pref59], { instruction: 'Composez le 112.' })
  const again = await draftNotice(
    people.agent,
    { kind: 'situation_report', incident: 'INC-2026-000090-1' },
    now,
  )
  const id = again.ok ? again.value.noticeId : 0
  expect(again.ok && again.value.number).toBe(first.number + 1)
  expect((await readNotice(people.agent, id, now))?.one.body.instruction).toBe('Composez le 112.')
  expect(await readNotice(people.pref59, id, now)).toBeNull()
  const next = await issue([pref59])
  expect((await readNotice(people.agent, next.noticeId, now))?.one.body.instruction).toBeUndefined()
})

test('below the level at which all are told, whoever has a post that asked for it is proposed, of its own places alone', async () => {
  const [one] = await database.owner`insert into incident (reference, state, level, opened_at, last_at)
    values ('INC-2026-000091-9', 'confirmed', 1, ${now}, ${now}) returning id::int`
  const report = reportInput.parse({
    ...{ submissionId: '00000000-0000-4000-8000-000000000091', numbers: ['15'], symptom: 'NO_RING' },
    ...{ territoryCode: '59', callbackPhone: '0639980015', channel: 'portal' },
  })
  const made = await reportCase(people.samu59, report, now)
  await database.owner`update cases set incident_id = ${one?.id} where id = ${made.ok ? made.value.id : 0}`
  for (const organisation of [pref59, pref37]) {
    const [post] =
      await database.owner`insert into post (organisation_id, name) values (${organisation}, 'Astreinte') returning id`
    await database.owner`insert into notice_subscription (post_id, from_level, territories, numbers, channels, at, by_name)
      values (${post?.id}, 1, '{}', '{15}', '{mail}', ${now}, 'x')`
  }
  const proposed = async () => {
    const made = await draftNotice(
      people.agent,
      { kind: 'authority_notice', incident: 'INC-2026-000091-9' },
      now,
    )
    return (await readNotice(people.agent, made.ok ? made.value.noticeId : 0, now))?.draft?.proposed
  }
  expect(await proposed()).toEqual([pref59])
  await database.owner`update notice_subscription set numbers = '{17}'`
  expect(await proposed()).toEqual([])
})

test('acknowledged by one button; not within ten minutes: a call task for the other', async () => {
  const { noticeId } = await issue([pref59, pref37])
  await acknowledgeNotice(people.pref59, { noticeId }, later(2))
  await askForCalls(machine('clock'), later(9.9))
  expect((await readNotice(people.agent, noticeId, now))?.recipients.every((row) => !row.callDueAt)).toBe(
    true,
  )
  await askForCalls(machine('clock'), later(10))
  const rows = (await readNotice(people.agent, noticeId, now))?.recipients ?? []
  expect(rows.filter((row) => row.callDueAt).map((row) => row.organisationId)).toEqual([pref37])
  expect(rows.find((row) => row.organisationId === pref59)?.acknowledgedAt).toEqual(later(2))
})

test('two send the same report: one is told that it was already sent', async () => {
  const { noticeId } = await issue([pref59])
  const input = issueForm.parse({ noticeId, nextAt: later(30), organisationIds: [pref37], body })
  expect(await issueNotice(people.lead, input, now)).toMatchObject({
    ok: false,
    reason: { key: 'crisis.refused.issued' },
  })
})

test.each([
  ['for a week', 7 * 24 * 60 - 1, true],
  ['and no longer', 7 * 24 * 60, false],
])('a closed incident stays in the list %s', async (_, minutes, listed) => {
  const [closed] =
    await database.owner`insert into incident (reference, state, level, opened_at, last_at, closed_at)
    values (${`INC-2026-${minutes}`}, 'closed', 2, ${now}, ${now}, ${now}) returning reference`
  const { incidents } = await listForCell(people.agent, later(minutes))
  expect(incidents.some((one) => one.reference === closed?.reference)).toBe(listed)
})

const DRAFT = { kind: 'situation_report', incident: 'INC-2026-000090-1' } as const

test.each([undefined, '', '   ', '\u200b\n'])(
  'without its first sentence (%j) nothing is prepared, nor sent',
  async (text) => {
    const parsed = issueForm.safeParse({
      noticeId: 1,
      nextAt: later(30),
      organisationIds: [pref59],
      body: { ...body, text },
    })
    // A sign that nobody sees is cleaned by the door before it is read here.
    if (text !== '\u200b\n') expect(parsed.success).toBe(false)
    const draft = await draftNotice(people.agent, DRAFT, now)
    if (!draft.ok) throw new Error(draft.reason.key)
    const given = issueForm.parse({
      noticeId: draft.value.noticeId,
      nextAt: later(30),
      organisationIds: [pref59],
      body,
    })
    const blank = { ...given, body: { ...given.body, text: '' } }
    for (const send of [prepareNotice, issueNotice])
      expect(await send(people.agent, blank, now)).toMatchObject({
        ok: false,
        fields: { 'body.text': { key: 'sitreps.invalid.text' } },
      })
  },
)

test('what was checked is what is sent; a figure or a word changed meanwhile must be read again', async () => {
  const draft = await draftNotice(people.agent, DRAFT, now)
  if (!draft.ok) throw new Error(draft.reason.key)
  const { noticeId } = draft.value
  const read = async () => (await readNotice(people.agent, noticeId, now))?.one
  const version = (await read())?.version ?? 0
  const given = issueForm.parse({
    noticeId,
    version,
    nextAt: later(30),
    organisationIds: [pref59, pref37],
    body,
  })
  expect(await prepareNotice(people.agent, given, now)).toMatchObject({ ok: true })
  const checked = await read()
  expect(checked).toMatchObject({ state: 'draft', body: { text: body.text, to: [pref59, pref37] } })
  // Another writes over it: whoever had the former version on the screen sends nothing.
  expect(await prepareNotice(people.lead, given, now)).toMatchObject({
    ok: false,
    conflict: { version: checked?.version },
  })
  await draftNotice(people.lead, DRAFT, later(1))
  expect(
    await sendPrepared(people.agent, { noticeId, version: checked?.version ?? 0 }, later(1)),
  ).toMatchObject({
    ok: false,
    reason: { key: 'cases.refused.overtaken' },
  })
  const now2 = await read()
  expect(sendInput.safeParse({ noticeId }).success).toBe(false)
  expect(await sendPrepared(people.agent, { noticeId, version: now2?.version ?? 0 }, later(2))).toEqual({
    ok: true,
    value: { recipients: 2 },
  })
  const sent = await readNotice(people.pref59, noticeId, later(2))
  expect(sent?.one.body).not.toHaveProperty('to')
  expect(sent?.own?.annex).toBe('Nord : standard secouru.')
})

test('the figures add up: each case is in one of them', async () => {
  const [incident] = await database.owner`insert into incident (reference, state, level, opened_at, last_at)
    values ('INC-2026-000091-2', 'confirmed', 3, ${now}, ${now}) returning id`
  const states = [
    'received',
    'checking',
    'waiting_reporter',
    'restored',
    'restored',
    'confirmed',
    'closed',
    'duplicate',
  ]
  for (const [n, state] of states.entries())
    await database.owner`insert into cases (reference, submission_id, state, level, reporter_kind, channel, verification, numbers,
        symptom, territory_code, heard_at, received_at, team_id, queue_rank, next_contact_at, incident_id, restored_at, confirmed_at)
      values (${`y-${n}`}, gen_random_uuid(), ${state}, 2, 'samu', 'portal', 'signed_in', '{15}', 'NO_RING', '59', ${now}, ${now},
        ${people.generalTeamId}, 6, ${['closed', 'duplicate'].includes(state) ? null : later(30)}, ${incident?.id}, ${now}, ${now})`
  const draft = await draftNotice(
    people.agent,
    { kind: 'situation_report', incident: 'INC-2026-000091-2' },
    now,
  )
  if (!draft.ok) throw new Error(draft.reason.key)
  const facts = (await readNotice(people.agent, draft.value.noticeId, now))?.one.body.facts as Picture
  expect(facts.cases).toEqual({
    open: 6,
    total: 8,
    failing: 3,
    restored: 2,
    confirmed: 1,
    closed: 1,
    aside: 1,
  })
})

test('each reads the words for what it does, and services of the touched territories are told with one tick', async () => {
  const report = reportInput.parse({
    ...{
      submissionId: '00000000-0000-4000-8000-000000000090',
      numbers: ['15'],
      symptom: 'NO_RING',
      territoryCode: '59',
    },
    ...{ callbackPhone: '0639980015', channel: 'portal' },
  })
  const made = await reportCase(people.samu59, report, now)
  if (!made.ok) throw new Error(JSON.stringify(made))
  await database.owner`update cases set incident_id = (select id from incident where reference = 'INC-2026-000090-1') where id = ${made.value.id}`
  const audiences = { operational: 'Relayez la consigne.', room: 'Appel d’essai.', figures: '1 territoire.' }
  const draft = await draftNotice(people.agent, DRAFT, now)
  if (!draft.ok) throw new Error(draft.reason.key)
  const { noticeId } = draft.value
  const input = {
    noticeId,
    nextAt: later(30),
    organisationIds: [pref59],
    body: { ...body, audiences, services: true },
  }
  const prepared = await prepareNotice(people.agent, issueForm.parse(input), now)
  expect(prepared.ok).toBe(true)
  const version = (await readNotice(people.agent, noticeId, now))?.one.version ?? 0
  expect(await sendPrepared(people.agent, { noticeId, version }, now)).toMatchObject({
    value: { recipients: 2 },
  })
  expect((await readNotice(people.pref59, noticeId, now))?.own?.annex).toBe(
    'Nord : standard secouru.\n\nRelayez la consigne.',
  )
  const service = await readNotice(people.samu59, noticeId, now)
  expect(service?.own?.annex).toContain('Appel d’essai.')
  expect(JSON.stringify(service)).not.toContain('Relayez')
  expect(await readNotice(people.samu37, noticeId, now)).toBeNull()
})
