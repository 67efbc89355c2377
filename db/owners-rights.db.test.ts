import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { type As, SQL_REFUSES, sqlAs } from '#scripts/testing/sql-as.ts'

/** What the application may have done with more rights than its own: each function with them, and who is refused. */
const { owner, app } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
const as = sqlAs(app)

/** Functions with the owner's rights that the application may call, and what keeps each from being misused. */
const WITH_THE_OWNERS_RIGHTS: Record<string, string> = {
  actor_who_answers: 'who presses a key or sends OK is found by a machine alone',
  announce: 'whoever is known, of a chain of its own; the cell of any',
  announce_each: 'the cell and its machines',
  ask_passphrase: 'the door of who cannot sign in, within its budget; leaves a job and answers nothing',
  change_own: 'oneself: name, post of one’s own organisation, number, language; never a role',
  correlate_soon: 'the cell and the machine',
  forget_mass_messages: 'the same clock: numbers of a mass SMS after the same length of time',
  forget: 'the clock of the real world: what is older than the table of lengths says',
  found_cases: 'says itself who sees what, in the words of the policy',
  found_incidents: 'the same',
  hand_over_shift: 'whoever holds the shift, or a lead',
  journal_heads: 'the clock that signs where the chains stand',
  journal_heads_since: 'the same; those that moved',
  journal_lines: 'the same; digests, no word of a line',
  listener_actor: 'a machine that tells a listener: for whom, while his key may read',
  messages_read: 'one’s own messages, nobody else’s',
  neighbourhood: 'the centres of a département, its authorities, the cell; counts, never who',
  next_case_number: 'whoever is known; of six numberings and two centuries',
  notice_acknowledged: 'the organisation that acknowledged, or the cell',
  numbers: 'nothing to hide: the numbers of the world',
  operations: 'the cell; figures, never what a job carries',
  prove_write: 'anybody: one row of no content, written again',
  retry_failed_jobs: 'leads',
  routing: 'whoever is known: a report is routed in its reporter’s transaction',
  schema_state: 'whoever starts: which version the schema serves; no row of anybody',
  session_actor: 'whoever holds the secret id of the session',
  sessions_ended: 'the live streams: of ids already known, those that are over',
  set_passphrase: 'oneself, or an administrator',
  spend: 'anybody asked for by a door; answers how long to wait, never what is kept',
  token_actor: 'whoever holds the token; what it may is said with it',
  token_device: 'which device speaks, by the hash of a key that opens this door alone',
}

describe('functions with the owner’s rights', () => {
  test('are these, and no other', async () => {
    const callable = await owner<{ name: string }[]>`select distinct proname as name from pg_proc
      where pronamespace = 'app'::regnamespace and prosecdef and prorettype <> 'trigger'::regtype
        and has_function_privilege('permanence_app', oid, 'execute') order by 1`
    expect(callable.map(({ name }) => name)).toEqual(Object.keys(WITH_THE_OWNERS_RIGHTS).sort())
  })

  test('are nobody else’s', async () => {
    const open =
      await owner`select proname from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
      where pronamespace = 'app'::regnamespace and a.grantee = 0`
    expect(open).toEqual([])
  })

  test('fix where they look', async () => {
    const loose =
      await owner`select proname from pg_proc where pronamespace = 'app'::regnamespace and prosecdef
      and not exists (select from unnest(proconfig) c where c like 'search_path=%')`
    expect(loose).toEqual([])
  })

  test.each([
    ['a number', `select app.next_case_number('case', 2026)`],
    ['the routing', `select app.routing(now())`],
    ['an announcement', `select app.announce('cell', 1, true)`],
    ['lines of many chains', `select app.announce_each('{cell}', true)`],
    ['the rules to be asked', `select app.correlate_soon()`],
    ['a passphrase', `select app.ask_passphrase('x', '[]', now())`],
  ])('refuse %s to nobody', async (_, call) => {
    await expect(as(null, (sql) => sql.unsafe(call))).rejects.toThrow(SQL_REFUSES)
  })

  test('number no year that makes a sequence for nothing', async () => {
    await expect(as(people.samu59, (sql) => sql`select app.next_case_number('case', 99999)`)).rejects.toThrow(
      /no such year/,
    )
  })

  test('tell nobody figures, and start no jobs again', async () => {
    for (const who of [null, people.samu59, people.wall, 'door'] as const)
      expect(
        await as(who, (sql) => sql`select app.retry_failed_jobs() as jobs, app.operations() as figures`),
      ).toEqual([{ jobs: null, figures: null }])
  })
})

test('a shift is handed over by whoever holds it or a lead, and by nobody else', async () => {
  const [shift] = await owner`insert into roster_shift (account_id, role, from_at, to_at)
    values (${people.agent.accountId}, 'agent', ${now}, ${new Date(now.getTime() + 3_600_000)}) returning id::int`
  const handOver = (who: As) =>
    as(
      who,
      (sql) =>
        sql`select app.hand_over_shift(${shift?.id}, ${people.agent2.accountId}, from_at, to_at) as made from roster_shift where id = ${shift?.id}`,
    )
  expect(await handOver(people.agent2)).toEqual([{ made: null }])
  expect(await handOver(people.wall)).toEqual([{ made: null }])
  expect(await handOver(people.samu59)).toEqual([])
  expect((await handOver(people.agent))[0]?.made).not.toBeNull()
})
