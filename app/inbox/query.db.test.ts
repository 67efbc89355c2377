import { expect, it } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
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
    seen.push(...page.messages.map(({ id, readAt }) => ({ id, read: readAt !== null })))
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
