import { afterEach, describe, expect, it, vi } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { closeLinks, listen } from '#app/notifications/channels/links.ts'
import { channelsIn } from '#app/notifications/channels/registry.ts'
import { hearing } from '#app/notifications/commands/heard.ts'
import { claimDue, sendDue, sendWhileDue } from '#app/notifications/commands/send.ts'
import { destinationOf } from '#app/notifications/commands/ways.ts'
import { LEASE_S } from '#app/notifications/rules/delivery.ts'
import { freePort } from '#db/embedded.ts'
import { asActor } from '#db/transaction.ts'
import { bringing, isThere } from '#scripts/testing/parts.ts'
import { Smsc } from '#scripts/testing/smsc.ts'
import { DELIVERED_WITHIN_S } from '../rules/safety.ts'
import { advanceBroadcasts } from './advance.ts'
import { later, list, owner, people, prepared, read, started, T0 } from './broadcasts.fixture.ts'
import { goOn, logDeadCall, stopBroadcast } from './run.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
vi.stubEnv('NEXTAUTH_URL', 'https://permanence.example')

const clock = machine('broadcasts')
const sender = machine('outbox')
/** One in twenty ends with what the centre never delivers to. */
const DEAD = '(00|20|40|60|80)$'

const centres: Smsc[] = []
async function centre(how: ConstructorParameters<typeof Smsc>[1] = {}): Promise<Smsc> {
  const made = await new Smsc(await freePort(), how).start()
  centres.push(made)
  const settings = {
    sender: '38000',
    smpp: { host: '127.0.0.1', port: made.port, systemId: 'permanence', window: 50 },
  }
  await owner`insert into setting (key, value) values ('channel.sms', ${owner.json(settings)})
    on conflict (key) do update set value = excluded.value`
  return made
}
afterEach(async () => {
  await closeLinks()
  await Promise.all(centres.splice(0).map((one) => one.kill()))
  // What one of them could not reach is no dead number of the next.
  await owner`delete from outbox where to_type = 'telephone'`
  await owner`update broadcast set state = 'done' where state = 'running'`
})
/** Until each telephone that was written to is told of. */
async function settled(id: number, wave: string): Promise<void> {
  const left = async () => {
    const one = (await read(id)).progress.find((row) => row.wave === wave)
    return one && one.size - one.delivered - one.failed
  }
  await expect.poll(left, { timeout: 240_000 }).toBe(0)
}
/** The clock of the broadcasts, then that of the outbox. */
async function turn(now: Date): Promise<void> {
  await advanceBroadcasts(clock, now)
  await sendWhileDue(sender, () => now, await asActor(sender, channelsIn), ['sms'])
}

/** LONG_SMS=1 plays five thousand, a minute and a half: their waves without a network are in broadcasts.db.test.ts. */
const MANY = process.env.LONG_SMS ? 5_000 : 100

const MISSING = isThere('smsc') ? null : `left out: ${bringing('smsc')}`

// Left out where Debian's message centre is not installed; npm test says so and what brings it.
describe.skipIf(MISSING)(`to many, against a message centre by Net::SMPP ${MISSING ?? ''}`, () => {
  it(`${MANY} of which one in twenty is dead: pilots, a person, one, ten, all; each once; the dead are to be called`, async () => {
    const smsc = await centre({ dead: DEAD })
    listen(hearing(sender, () => later(5)))
    const id = await started({ list: list(MANY) })
    await turn(later(1))
    await settled(id, 'pilot')
    await turn(later(2))
    expect((await read(id)).one, 'the pilot waits for a person').toMatchObject({
      state: 'running',
      wave: 'pilot',
    })
    expect(await smsc.taken(30)).toHaveLength(30)
    await goOn(people.director, { broadcastId: id, version: (await read(id)).one.version }, later(3))
    for (const [wave, next] of [
      ['one', 'ten'],
      ['ten', 'all'],
      ['all', 'all'],
    ] as const) {
      expect((await read(id)).one.wave).toBe(wave)
      await turn(later(4))
      await settled(id, wave)
      await advanceBroadcasts(clock, later(5))
      expect((await read(id)).one.wave).toBe(next)
    }
    const { one, progress, calls } = await read(id)
    expect(one.state).toBe('done')
    const sum = (of: 'size' | 'delivered' | 'failed') => progress.reduce((all, wave) => all + wave[of], 0)
    const dead = MANY / 20 + 3
    expect([sum('size'), sum('delivered'), sum('failed')]).toEqual([MANY + 30, MANY + 30 - dead, dead])
    const taken = await smsc.taken(MANY + 30)
    expect(new Set(taken.map(({ to }) => to)).size).toBe(MANY + 30)
    expect(taken).toHaveLength(MANY + 30)
    expect(calls.length).toBeGreaterThan(MANY / 25)
    expect(calls[0]).toMatchObject({ why: 'lost on the way', calledAt: null })
    await logDeadCall(people.agent, { recipientId: calls[0]?.id ?? 0, result: 'Jointe au fixe' }, later(9))
    const called =
      await owner`select call_result as said from broadcast_recipient where id = ${calls[0]?.id ?? 0}`
    expect(called).toMatchObject([{ said: 'Jointe au fixe' }])

    // The next list knows the dead.
    const again = await prepared({ list: list(100) })
    expect((await read(again.ok ? again.value.broadcastId : 0)).one.leftOut).toEqual({ dead: 5 })
  }, 300_000)

  it('a network that delivers nothing is stopped at the pilots, and one that says nothing within the minute too', async () => {
    await centre({ stat: 'UNDELIV' })
    listen(hearing(sender, () => later(5)))
    const failing = await started()
    await turn(later(1))
    await settled(failing, 'pilot')
    await advanceBroadcasts(clock, later(2))
    expect((await read(failing)).one).toMatchObject({
      state: 'stopped',
      stopReason: 'broadcasts.stopped.failed',
    })

    await closeLinks()
    const smsc = await centre({ receiptMs: -1 })
    const silent = await started()
    await turn(later(1))
    await smsc.until(() => smsc.submits.length === 30)
    await advanceBroadcasts(clock, later(1 + DELIVERED_WITHIN_S - 1))
    expect((await read(silent)).one.state).toBe('running')
    await advanceBroadcasts(clock, later(2 + DELIVERED_WITHIN_S))
    expect((await read(silent)).one).toMatchObject({
      state: 'stopped',
      stopReason: 'broadcasts.stopped.undelivered',
    })
    await turn(later(100))
    expect(smsc.submits).toHaveLength(30)
  })

  it('a worker killed in the middle of a wave: another goes on, nobody twice, and who may not have it is called', async () => {
    const smsc = await centre()
    listen(hearing(sender, () => later(5)))
    const id = await started()
    await owner`update broadcast set wave = 'all' where id = ${id}`
    await advanceBroadcasts(clock, later(1))
    const sms = (await asActor(sender, channelsIn)).find((one) => one.name === 'sms')
    if (sms?.where !== 'outside') throw new Error('no SMS')
    const claimed = await claimDue(sender, later(1), [sms])
    expect(claimed).toHaveLength(50)
    // It has given ten of them to the network, and dies before it has written down a single one.
    for (const row of claimed.slice(0, 10)) {
      const to = await asActor(sender, (tx) => destinationOf(tx, row.toType, row.toId))
      if (to)
        await sms.send(
          { ...row, key: 'k', locale: 'fr', role: null, sentAt: T0 },
          to,
          AbortSignal.timeout(9_000),
        )
    }
    const all = async () => (await read(id)).progress.find((row) => row.wave === 'all')
    await turn(later(2))
    // Its receipts come on a line of their own; a minute of the clock later they would be missing.
    await expect.poll(async () => (await all())?.delivered === smsc.submits.length - 10).toBe(true)
    await turn(later(2 + LEASE_S))
    await smsc.until(() => smsc.submits.length === 140)
    await expect.poll(all).toMatchObject({ delivered: 130, unknown: 50 })
    expect(new Set(smsc.submits.map(({ to }) => to)).size).toBe(140)
    const { calls } = await read(id)
    expect(calls).toHaveLength(50)
    expect(calls.every((row) => row.why === 'unknown')).toBe(true)
    await advanceBroadcasts(clock, later(3 + LEASE_S))
    expect((await read(id)).one.state).toBe('done')
  })

  it('stop: what waits for a network that is too slow is called back, and nothing leaves afterwards', async () => {
    const smsc = await centre({ throttle: 1 })
    const id = await started()
    await advanceBroadcasts(clock, later(1))
    const sending = sendDue(sender, later(1), undefined, ['sms'])
    await smsc.until(() => smsc.events.some((one) => one.event === 'throttled'))
    await stopBroadcast(people.agent, { broadcastId: id }, later(2))
    await sending
    await turn(later(10))
    const states = await owner`select distinct state from outbox where dedupe_key = ${`broadcast:${id}`}`
    expect(states).toEqual([{ state: 'cancelled' }])
    expect(smsc.submits).toHaveLength(0)
    expect((await read(id)).one).toMatchObject({ state: 'stopped', stopReason: null })
  })
})
