import { expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { acknowledgeNotice, askForCalls } from '#app/crisis/commands/notice-answers.ts'
import { draftNotice, issueNotice } from '#app/crisis/commands/notices.ts'
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
  const input = { noticeId, version: 1, nextAt: later(30), organisationIds, body: { ...body, ...over } }
  return { noticeId, number, issued: await issueNotice(people.agent, issueForm.parse(input), now) }
}

test('each authority reads the same text and its own annex alone, and nobody else reads anything', async () => {
  const { noticeId } = await issue([pref59, pref37])
  const read = await readNotice(people.pref59, noticeId)
  expect(read?.recipients).toHaveLength(1)
  expect(read?.own?.annex).toBe('Nord : standard secouru.')
  expect(JSON.stringify(read)).not.toContain('Touraine')
  expect(read?.one.body.contact).toBe('01 99 00 00 15')
  expect((await readNotice(people.pref37, noticeId))?.own?.annex).toBe('Touraine : rien à signaler.')
  expect(await readNotice(people.samu59, noticeId)).toBeNull()
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
  expect((await readNotice(people.agent, id))?.one.body.instruction).toBe('Composez le 112.')
  expect(await readNotice(people.pref59, id)).toBeNull()
  const next = await issue([pref59])
  expect((await readNotice(people.agent, next.noticeId))?.one.body.instruction).toBeUndefined()
})

test('acknowledged by one button; not within ten minutes: a call task for the other', async () => {
  const { noticeId } = await issue([pref59, pref37])
  await acknowledgeNotice(people.pref59, { noticeId }, later(2))
  await askForCalls(machine('clock'), later(9.9))
  expect((await readNotice(people.agent, noticeId))?.recipients.every((row) => !row.callDueAt)).toBe(true)
  await askForCalls(machine('clock'), later(10))
  const rows = (await readNotice(people.agent, noticeId))?.recipients ?? []
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
