import { expect, it } from 'vitest'
import { chooseTold } from '#app/notifications/commands/choose.ts'
import { readQuiet } from '#app/notifications/queries.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { markRead } from './commands/mark-read.ts'
import { countUnread, readInbox, readInboxPlace } from './query.ts'

const database = await createTestDatabase()
const people = await makePeople(database.owner)
const UNREAD = 60
const READ = 45

it('a night of more messages than a page shows every one of them, once, unread first', async () => {
  const { accountId } = people.lead
  await database.owner`insert into inbox_message (account_id, kind, data, dedupe_key, created_at, read_at)
    select ${accountId}, 'case_updated', '{}', 'm' || n, now(), case when n % 7 < 3 then now() end
    from generate_series(1, ${UNREAD + READ}) n`
  const unread = await countUnread(people.lead)
  expect(unread).toBe(UNREAD)

  const seen: { id: number; read: boolean }[] = []
  let place: string | null = null
  do {
    const page: Awaited<ReturnType<typeof readInbox>> = await readInbox(people.lead, readInboxPlace(place))
    seen.push(...page.messages.map(({ id, read }) => ({ id, read })))
    place = page.next
  } while (place)
  expect(new Set(seen.map(({ id }) => id)).size).toBe(UNREAD + READ)
  expect(seen).toHaveLength(UNREAD + READ)
  expect(seen.findIndex(({ read }) => read)).toBe(UNREAD)
})

it('a place typed by hand is the beginning', () => {
  expect(['x', 'u', 'r1e9', '-1', ['u1'], undefined].map(readInboxPlace)).toEqual(Array(6).fill(null))
  expect(readInboxPlace('u12')).toEqual({ unread: true, id: 12 })
})

it('what is about one case is one line, its newest fact first; read as far as it was shown', async () => {
  const { accountId } = people.agent
  const say = (key: string, caseId: number | null, data = {}) =>
    database.owner`insert into inbox_message (account_id, kind, data, case_id, dedupe_key, created_at)
      values (${accountId}, ${key.split(' ')[0] ?? ''}, ${database.owner.json(data)}, ${caseId}, ${key}, now())`
  for (const [key, caseId] of [
    ['case_reported a', 1],
    ['case_answered a', 1],
    ['case_reported b', 2],
    ['crisis_activated', null],
  ] as const)
    await say(key, caseId)
  for (const organisation of ['Préfecture', 'COZ'])
    await say(`notice_call_due ${organisation}`, null, { noticeId: 7, organisation })
  const lines = async () =>
    (await readInbox(people.agent, null)).messages.map((one) => [
      one.kind,
      one.earlier.map(({ kind }) => kind),
      one.read,
    ])
  expect(await lines()).toEqual([
    ['notice_call_due', ['notice_call_due'], false],
    ['crisis_activated', [], false],
    ['case_reported', [], false],
    ['case_answered', ['case_reported'], false],
  ])
  expect(await countUnread(people.agent)).toBe(4)
  const answered = (await readInbox(people.agent, null)).messages[3]
  // Something more comes between the look and the press: it stays unread.
  await say('case_still_failing a', 1)
  expect(await markRead(people.agent, { id: answered?.id ?? 0 }, new Date())).toMatchObject({
    value: { read: 2 },
  })
  expect((await lines())[0]).toEqual(['case_still_failing', ['case_answered', 'case_reported'], false])
  expect(await markRead(people.lead, { id: answered?.id ?? 0 }, new Date())).toMatchObject({ ok: false })
})

it('a choice is one’s own, and made again it replaces the former', async () => {
  await chooseTold(people.lead, { told: ['late'] })
  await chooseTold(people.lead, { told: ['late', 'new_case'] })
  expect(await readQuiet(people.lead)).toEqual(['reporter_words', 'progress'])
  expect(await readQuiet(people.agent)).toEqual([])
})
