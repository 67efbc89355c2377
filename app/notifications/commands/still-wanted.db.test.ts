import { describe, expect, it } from 'vitest'
import { reported } from '#scripts/testing/reported.ts'
import { fakeChannel } from '../channels/fake.fixture.ts'
import { clock, later, owner, people, rows, T0, tell, telling } from './outbox.fixture.ts'
import { sendDue } from './send.ts'

const [proposal] =
  await owner`insert into proposal (key, rule, level, fired_at, group_start, made_at, case_ids, reason)
  values ('k', 'R1', 'N3', ${T0}, ${T0}, ${T0}, '{}', '{"key": "x", "values": {}}') returning id::int`
await reported(people.samu59)
const [one] = await owner`select id::int from cases`
const about = { proposalId: proposal?.id as number }
const ask = (state: string) => owner`update proposal set state = ${state}`
const late = (set: string) => owner.unsafe(`update cases set ${set}`)

describe('a call to somebody for what another has seen to meanwhile', () => {
  it.each<[string, string, () => Promise<unknown>, () => Promise<unknown>]>([
    ['a proposal that was answered', 'proposal_made', () => ask('open'), () => ask('declined')],
    ['one asked again, and answered', 'proposal_reopened', () => ask('open'), () => ask('accepted')],
    [
      'a case acknowledged late',
      'case_ack_missed',
      () => late('ack_missed_at = now()'),
      () => late('ack_missed_at = null'),
    ],
    [
      'a promise kept late',
      'case_promise_missed',
      () => late('promise_missed_at = now()'),
      () => late('promise_missed_at = null'),
    ],
    [
      'an escalation that is over',
      'case_escalated',
      () => late('escalation = 1'),
      () => late('escalation = 0'),
    ],
    [
      'a failure that lasts, answered',
      'case_still_failing',
      () => late('still_failing_at = now()'),
      () => late('still_failing_at = null'),
    ],
  ])('%s: nobody is rung, nor by his next way', async (name, kind, begins, ends) => {
    const given = { kind, data: about, caseId: kind.startsWith('case_') ? (one?.id as number) : null }
    const [sms, voice] = [fakeChannel('sms'), fakeChannel('voice')]
    sms.script.push('never', 'never', 'never', 'never')
    const both = [sms.channel, voice.channel]

    // What left before holds back what follows.
    await owner`delete from outbox`
    await begins()
    await tell(both, telling(`${name}, not yet`, given))
    for (let turn = 0; turn < 4; turn++) await sendDue(clock, later(turn), both)
    expect(voice.asked).toHaveLength(1)

    // Between two ways.
    await tell(both, telling(`${name}, over`, given))
    await ends()
    for (let turn = 0; turn < 4; turn++) await sendDue(clock, later(turn), both)
    expect(voice.asked).toHaveLength(1)
    expect((await rows(`${name}, over`)).filter(({ channel }) => channel === 'voice')).toEqual([])

    // Its call is due already.
    await begins()
    await tell([voice.channel], telling(`${name}, due`, given))
    await ends()
    await sendDue(clock, T0, both)
    expect(voice.asked).toHaveLength(1)
    expect(await rows(`${name}, due`)).toMatchObject([{ channel: 'voice', state: 'cancelled' }])
  })
})
