import { expect, test, vi } from 'vitest'
import { CLOCKS } from '#app/_jobs/clocks.ts'
import { turnOnce } from '#app/_jobs/supervise.ts'
import { Lane } from '#db/lane.ts'

const read: string[] = []
vi.mock('../channels/mailbox.ts', () => ({
  // As it does: taken, then marked as read; the line dies before the second one.
  readMailbox: async (_: unknown, take: (came: { raw: Buffer }) => Promise<unknown>) => {
    await take({
      raw: Buffer.from('From: nora@samu.example\r\nMessage-ID: <one@samu.example>\r\n\r\nLe 15 est muet.'),
    })
    read.push('one')
    throw new Error('the line of the mailbox died')
  },
}))
const { owner, setMail } = await import('../letters.fixture.ts')

test('a letter that was marked as read is written down, whatever happens to the next one', async () => {
  await setMail({ port: 1, imap: { host: '127.0.0.1', port: 1, tls: false, user: 'permanence' } })
  const lane = new Lane(5_000)
  expect(await turnOnce('mailbox', CLOCKS.mailbox, lane)).toBe('failed')
  lane.cut()
  expect(read).toEqual(['one'])
  expect(await owner`select fate from inbound_mail`).toMatchObject([{ fate: 'unknown' }])
})
