import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { asActor, type Tx, together } from './transaction.ts'

const { owner } = await createTestDatabase()
const clock = machine('clock')
const rules = machine('rules')

const beat = (name: string) => (tx: Tx) =>
  tx.execute(sql`insert into worker_heartbeat (name, at) values (${name}, now())`)
const beaten = async () =>
  (await owner<{ name: string }[]>`select name from worker_heartbeat order by name`).map((one) => one.name)
const transaction = (tx: Tx) => tx.execute<{ id: string }>(sql`select pg_current_xact_id()::text as id`)

it('joins what the same actor does, keeps all of it or nothing', async () => {
  const ids = await together(clock, async () => {
    const [first] = await asActor(clock, transaction)
    await asActor(clock, beat('a'))
    const [second] = await asActor(clock, transaction)
    return [first?.id, second?.id]
  })
  expect(ids[0]).toBe(ids[1])
  expect(await beaten()).toEqual(['a'])

  const failing = together(clock, async () => {
    await asActor(clock, beat('b'))
    throw new Error('half way')
  })
  await expect(failing).rejects.toThrow('half way')
  expect(await beaten()).toEqual(['a'])
})

it('leaves to another actor a transaction of its own, with what that one may see', async () => {
  const [mine, theirs] = await together(clock, async () => {
    const [own] = await asActor(clock, transaction)
    const [other] = await asActor(rules, transaction)
    return [own?.id, other?.id]
  })
  expect(mine).not.toBe(theirs)
})

it('ends with its work: what comes after is a transaction of its own', async () => {
  const [inside] = await together(clock, () => asActor(clock, transaction))
  const [after] = await asActor(clock, transaction)
  expect(inside?.id).not.toBe(after?.id)
})

it('two that wait for each other are both done, once: of the one that gives way nothing is left, and it is done again', async () => {
  const both = Promise.withResolvers<void>()
  let holding = 0
  const tries: string[] = []
  const holds = (tx: Tx, key: number) => tx.execute(sql`select pg_advisory_xact_lock(${key}, 4011)`)
  const crossing = (name: string, first: number, second: number) =>
    asActor(clock, async (tx) => {
      tries.push(name)
      await holds(tx, first)
      await beat(name)(tx)
      if (++holding === 2) both.resolve()
      await both.promise
      await holds(tx, second)
    })
  await Promise.all([crossing('one way', 1, 2), crossing('other way', 2, 1)])
  expect(tries).toHaveLength(3)
  expect(await beaten()).toEqual(expect.arrayContaining(['one way', 'other way']))
})
