import { describe, expect, it } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { fakeChannel } from '../channels/fake.fixture.ts'
import { later, owner, people, queue, stateOf, T0 } from '../sms.fixture.ts'
import { hearing } from './heard.ts'
import { sendDue } from './send.ts'

const clock = machine('outbox')

it('a receipt that comes first waits for its message; one of no message is kept and disturbs nobody', async () => {
  const id = await queue(people.lead, '+33639980071')
  const receipt = { kind: 'receipt' as const, id: 'early', says: 'delivered' as const, route: '1' }
  await hearing(clock, () => later(1))(receipt)
  const far = fakeChannel('sms', { send: async () => ({ accepted: '1:early' }) })
  await sendDue(clock, later(2), [far.channel])
  expect(await stateOf(id)).toBe('delivered')
  await hearing(clock, () => later(3))({ ...receipt, id: 'of nobody' })
  const [stray] = await owner`select outbox_id from message_part where external_id = '1:of nobody'`
  expect(stray).toEqual({ outbox_id: null })
})

describe('other words than a yes', () => {
  const words = (from: string, said: string, at = later(4)) =>
    hearing(clock, () => at)({ kind: 'words', from, words: said, route: '1' })
  const lines = (event: string) =>
    owner`select text, visibility, certainty, case_id::int, incident_id::int, chain from journal where event = ${event} order by id`

  it('a picture where they are shortened is no reason to lose them', async () => {
    const said = `${'a'.repeat(118)}🛑${'b'.repeat(30)}`
    await words('33639980077', said)
    expect((await lines('cell.sms_received')).map(({ text }) => text)).toContain(said)
  })

  it('stand on the case that the number was last told of, masked, and prove nothing', async () => {
    const id = await queue(people.lead, '+33639980085')
    const reference = await says(people.samu59, '59', T0)
    await owner`update outbox set state = 'sent', sent_at = ${T0}, due_at = null,
      case_id = (select id from cases where reference = ${reference}) where id = ${id}`
    await words('33639980085', 'Le 18 aussi, rappelez au 01 55 66 77 88')
    const [line] = await lines('case.sms_received')
    expect(line).toMatchObject({ visibility: 'internal', certainty: 'reported' })
    expect(line?.text).toMatch(/^Le 18 aussi/)
    expect(line?.text).not.toMatch(/55 66/)
    expect(await stateOf(id)).toBe('sent')
  })

  it.each([
    ['of a number that nothing was sent to', '33639980099', 'Le 15 est muet'],
    ['of no number at all', 'Alerte', 'Le 112 est muet'],
  ])('%s come before the room', async (_, from, said) => {
    await words(from, said)
    const found = (await lines('cell.sms_received')).filter((line) => line.text === said)
    expect(found).toMatchObject([{ chain: 'cell', case_id: null, incident_id: null }])
  })

  it('blank ones say nothing, and a flood of one number is cut', async () => {
    const before = (await lines('cell.sms_received')).length
    await words('33639980098', ' \u200b ')
    expect((await lines('cell.sms_received')).length).toBe(before)
    for (let n = 0; n < 30; n += 1) await words('33639980098', `flot ${n}`)
    expect((await lines('cell.sms_received')).length).toBe(before + 20)
  })
})
