import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { openConnection } from '#db/connection.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { append } from './append.ts'
import { proveJournal } from './proof.ts'
import { sentence, verifyJournal } from './verify.ts'

const { owner, app, workerUrl } = await createTestDatabase()
const actor = machine('essai')
const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 10, minute))

beforeEach(async () => {
  for (let i = 1; i <= 5; i++)
    for (const chain of ['cell', 'directory'])
      await asActor(actor, (tx) =>
        append(tx, actor, {
          chain,
          event: 'setting.changed',
          visibility: 'internal',
          at: at(i),
          data: { é: 'accent « & emoji ☎', n: i, deep: [1, { x: null }] },
          text: `ligne ${i}`,
          factAt: at(0),
        }),
      )
})

afterEach(() => tampering(() => owner`truncate journal, journal_head`))

/** As a superuser who takes the guards away, and puts them back. */
async function tampering(work: () => PromiseLike<unknown>): Promise<void> {
  await owner`alter table journal disable trigger user`
  await work()
  await owner`alter table journal enable trigger user`
}

test('an honest journal is proved, and counted', async () => {
  const verified = await verifyJournal(owner)
  expect(verified).toEqual({ lines: 10, chains: 2, broken: null })
  expect(sentence(verified)).toBe('10 lines in 2 chains verified')
})

describe('what is found, at its first line', () => {
  test.each([
    [
      'a word changed',
      () => owner`update journal set text = 'autre' where chain = 'cell' and seq = 3`,
      3,
      'altered',
    ],
    [
      'an hour changed',
      () => owner`update journal set at = at - interval '1 second' where chain = 'cell' and seq = 2`,
      2,
      'altered',
    ],
    [
      'an author changed',
      () => owner`update journal set actor_name = 'X' where chain = 'cell' and seq = 4`,
      4,
      'altered',
    ],
    [
      'data changed',
      () => owner`update journal set data = '{}' where chain = 'cell' and seq = 1`,
      1,
      'altered',
    ],
    [
      'made public',
      () => owner`update journal set visibility = 'public' where chain = 'cell' and seq = 5`,
      5,
      'altered',
    ],
    ['a line taken out', () => owner`delete from journal where chain = 'cell' and seq = 3`, 4, 'gap'],
    ['the first taken out', () => owner`delete from journal where chain = 'cell' and seq = 1`, 2, 'gap'],
    ['the end cut off', () => owner`delete from journal where chain = 'cell' and seq >= 4`, 5, 'cut'],
    ['a whole chain gone', () => owner`delete from journal where chain = 'cell'`, 5, 'emptied'],
    ['a head gone', () => owner`delete from journal_head where chain = 'cell'`, 5, 'headless'],
    [
      'taken out and renumbered',
      async () => {
        await owner`delete from journal where chain = 'cell' and seq = 3`
        await owner`update journal set seq = seq - 1 where chain = 'cell' and seq > 3`
      },
      3,
      'link',
    ],
    [
      'changed, with its hash made anew',
      () => owner`update journal j set text = 'autre', hash = app.journal_digest(
        jsonb_populate_record(j, '{"text": "autre"}'), prev_hash) where chain = 'cell' and seq = 3`,
      4,
      'link',
    ],
  ] as const)('%s', async (_, tamper, seq, why) => {
    await tampering(tamper)
    const verified = await verifyJournal(owner)
    expect(verified.broken).toMatchObject({ chain: 'cell', seq, why })
    expect(sentence(verified)).toMatch(/^BROKEN: chain cell, seq /)
  })
})

describe('nobody rewrites it', () => {
  test.each([
    `update journal set text = 'x'`,
    'delete from journal',
    'truncate journal',
    'update journal_head set seq = 0',
    'alter table journal disable trigger user',
  ])('the application’s role may not, whoever it says it is: %s', async (attempt) => {
    const tried = app.begin(async (sql) => {
      await sql`select set_config('app.role', 'machine', true)`
      await sql.unsafe(attempt)
    })
    await expect(tried).rejects.toThrow(/permission denied|must be owner/)
    expect((await verifyJournal(owner)).broken).toBeNull()
  })

  test('the owner is refused by the table itself', async () => {
    await expect(owner`update journal set text = 'x'`).rejects.toThrow(/append-only/)
    await expect(owner`delete from journal`).rejects.toThrow(/append-only/)
    await expect(owner`truncate journal`).rejects.toThrow(/append-only/)
  })
})

test('the worker proves it as a role of its own, and remembers', async () => {
  const own = await openConnection(workerUrl, { patient: true })
  try {
    const proved = await proveJournal(own.sql, actor, at(6))
    expect(proved).toEqual({ lines: 10, chains: 2, broken: null })
    const [kept] = await owner`select value from setting where key = 'journal_proof'`
    expect(kept?.value).toMatchObject({ at: at(6).toISOString(), lines: 10, chains: 2 })
  } finally {
    await own.end()
  }
})

test('a hundred thousand lines are proved, batch after batch', async () => {
  await tampering(() => owner`truncate journal, journal_head`)
  await owner`insert into journal (chain, seq, at, actor_name, actor_side, event, visibility, data, prev_hash, hash)
    select 'notice:' || n % 5000, 0, ${at(0)}, 'essai', 'machine', 'case.noted', 'internal',
      jsonb_build_object('n', n), '', '' from generate_series(1, 100000) n`
  expect(await verifyJournal(owner)).toEqual({ lines: 100_000, chains: 5000, broken: null })
})
