import { beforeEach, expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { append } from './append.ts'
import { verifyJournal } from './verify.ts'

const { owner } = await createTestDatabase()
const clerk = machine('test')

// Only someone with the owner's rights who also switches the triggers off can do what these tests do.
const asForger = (work: (tx: typeof owner) => Promise<unknown>) =>
  owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await work(tx as unknown as typeof owner)
  })

beforeEach(async () => {
  await asForger(async (tx) => {
    await tx`truncate journal, journal_head`
  })
  for (const text of ['one', 'two', 'three'])
    await asActor(clerk, (tx) =>
      append(tx, clerk, {
        chain: 'directory',
        event: 'directory.changed',
        visibility: 'internal',
        at: new Date('2026-03-29T01:30:00Z'),
        text,
        data: { text },
      }),
    )
})

test('an untouched journal is whole', async () => {
  expect(await verifyJournal(owner)).toEqual({ lines: 3, chains: 1, broken: null })
})

test('an altered line is named', async () => {
  await asForger((tx) => tx`update journal set text = 'TWO' where seq = 2`)
  expect((await verifyJournal(owner)).broken).toEqual({ chain: 'directory', seq: 2, why: 'altered' })
})

test('altered and its own hash recomputed, the next line betrays it', async () => {
  await asForger(async (tx) => {
    await tx`update journal set text = 'TWO' where seq = 2`
    await tx`update journal j set hash = app.journal_digest(j, prev_hash) where seq = 2`
  })
  expect((await verifyJournal(owner)).broken).toEqual({ chain: 'directory', seq: 3, why: 'altered' })
})

test('a line taken out of the middle is missed', async () => {
  await asForger((tx) => tx`delete from journal where seq = 2`)
  expect((await verifyJournal(owner)).broken).toEqual({ chain: 'directory', seq: 3, why: 'missing' })
})

test('a line cut off the end is missed', async () => {
  await asForger((tx) => tx`delete from journal where seq = 3`)
  expect((await verifyJournal(owner)).broken).toEqual({ chain: 'directory', seq: 3, why: 'cut' })
})

test('a chain taken out whole is missed', async () => {
  await asForger((tx) => tx`delete from journal`)
  expect((await verifyJournal(owner)).broken).toEqual({ chain: 'directory', seq: 3, why: 'cut' })
})
