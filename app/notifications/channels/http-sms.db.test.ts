import { createServer, type IncomingHttpHeaders } from 'node:http'
import { describe, expect, it, vi } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { freePort } from '#db/embedded.ts'
import { takeCallBack } from '../commands/call-back.ts'
import { sendDue } from '../commands/send.ts'
import { answerCode, isReceiptsToken, receiptsAddress } from '../seal.ts'
import { later, people, queue, setSms, stateOf } from '../sms.fixture.ts'

const clock = machine('outbox')

describe('a gateway of any make', () => {
  it('is asked as its template says, and tells by calling back', async () => {
    const asked: { headers: IncomingHttpHeaders; body: string }[] = []
    const gateway = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        asked.push({ headers: request.headers, body })
        response.end(JSON.stringify({ messages: [{ id: 'gw-1' }] }))
      })
    })
    const port = await freePort()
    await new Promise<void>((resolve) => gateway.listen(port, '127.0.0.1', resolve))
    vi.stubEnv('SMS_GATEWAY_SECRET', 'the "key"')
    await setSms({
      http: {
        url: `http://127.0.0.1:${port}/send`,
        body: '{"to":"{to}","text":"{text}","ref":"{key}","dlr":"{receipts}"}',
        headers: 'Authorization: Bearer {secret}',
        idAt: 'messages.0.id',
        receiptIdAt: 'message.id',
        receiptStateAt: 'message.state',
      },
    })
    const id = await queue(people.lead, '+33639980081')
    await sendDue(clock, later(1))
    gateway.close()
    expect(asked[0]?.headers.authorization).toBe('Bearer the "key"')
    const told = JSON.parse(asked[0]?.body ?? '')
    expect(told).toMatchObject({ to: '+33639980081', ref: `permanence-${id}` })
    expect(told.text).toContain(answerCode(id))
    expect(told.dlr).toBe(receiptsAddress('sms'))
    const token = told.dlr.split('/').at(-1)
    expect([isReceiptsToken('sms', token), isReceiptsToken('voice', token)]).toEqual([true, false])
    expect(await stateOf(id)).toBe('sent')
    const back = (state: string, name = 'gw-1') =>
      takeCallBack(machine('gateway'), 'sms', { message: { id: name, state } }, later(2))
    expect([await back('BUFFERED'), await back('delivered', 'nobody'), await stateOf(id)]).toEqual([
      true,
      true,
      'sent',
    ])
    expect([await back('Delivered'), await stateOf(id)]).toEqual([true, 'delivered'])
    expect(await takeCallBack(machine('gateway'), 'sms', { nothing: 1 }, later(3))).toBe(false)
  })
})
