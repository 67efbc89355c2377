import type { Socket } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { freePort } from '#db/embedded.ts'
import { asActor } from '#db/transaction.ts'
import { sendDue } from '../commands/send.ts'
import { later, owner, people, queue, reference, setMail, stateOf, T0 } from '../letters.fixture.ts'
import { letterName } from '../seal.ts'
import { mailChannel } from './mail.ts'
import { readSettings } from './settings.ts'

const clock = machine('outbox')

/** Lines that are open; the package keeps them to itself. */
const connections = (one: SMTPServer) => one.connections as unknown as Set<{ _socket: Socket }>

type How = 'takes' | 'refuses' | 'greylists' | 'slow' | 'closes'
const servers: SMTPServer[] = []
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((one) => new Promise<void>((resolve) => one.close(() => resolve()))),
  )
  await owner`update outbox set state = 'cancelled', due_at = null where due_at is not null`
})
async function server(how: How) {
  const letters: string[] = []
  const failing = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })
  const made = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_to, _session, done) => {
      if (how === 'refuses') return done(failing(550, 'no such user'))
      if (how === 'greylists') return done(failing(451, 'come again'))
      done()
    },
    onData: (stream, _session, done) => {
      // Its machine dies with the letter half read.
      if (how === 'closes') {
        for (const { _socket } of connections(made)) _socket.destroy()
        return
      }
      let letter = ''
      stream.on('data', (chunk) => {
        letter += chunk
      })
      stream.on('end', () => {
        letters.push(letter)
        // Never: it took the letter, and says nothing.
        if (how !== 'slow') done()
      })
    },
  })
  made.on('error', () => {})
  servers.push(made)
  const port = await freePort()
  await new Promise<void>((resolve) => made.listen(port, '127.0.0.1', () => resolve()))
  await setMail({ port })
  return letters
}

describe('a letter that leaves', () => {
  it('is of its case: answered there, of its list, by a machine', async () => {
    const letters = await server('takes')
    const id = await queue()
    await sendDue(clock, later(1))
    expect(await stateOf(id)).toMatchObject({ state: 'sent', error: null })
    const [letter = ''] = letters
    const thread = reference.toLowerCase()
    for (const line of [
      `Reply-To: permanence+${thread}@operateur.example`,
      'Auto-Submitted: auto-generated',
      `Message-ID: <${letterName(id)}@operateur.example>`,
      `In-Reply-To: <${thread}@operateur.example>`,
    ])
      expect(letter).toContain(line)
    expect(letter).toMatch(new RegExp(`List-ID: <${thread}\\.operateur\\.example>`, 'i'))
    expect(letter.replace(/=\r?\n/g, '')).toContain('https://permanence.example/a/')
  })

  it.each<[How, object]>([
    ['refuses', { state: 'failed', error: 'smtp: 550' }],
    ['greylists', { state: 'queued', error: 'smtp: 451', twice: false }],
  ])('a server that %s', async (how, expected) => {
    await server(how)
    const id = await queue()
    await sendDue(clock, later(1))
    expect(await stateOf(id)).toMatchObject(expected)
  })

  it.each<[How]>([['slow'], ['closes']])(
    'a server that is %s with the letter in its hand: it may arrive twice',
    async (how) => {
      await server(how)
      const id = await queue()
      const { mail } = await asActor(clock, readSettings)
      if (mail) await sendDue(clock, later(1), [mailChannel(mail, 500)])
      expect(await stateOf(id)).toMatchObject({ state: 'queued', twice: true })
    },
  )

  it('no server at all: not now, and surely not there', async () => {
    await setMail({ port: await freePort() })
    const id = await queue()
    await sendDue(clock, later(1))
    expect(await stateOf(id)).toMatchObject({ state: 'queued', twice: false })
  })
})

describe('a letter that brings a report', () => {
  it('says it in its subject and text, holds it as a file, with the annex of its reader alone', async () => {
    const letters = await server('takes')
    const [made] =
      await owner`insert into notice (kind, number, state, as_of, next_at, body, issued_at, issued_by_name)
      values ('situation_report', 4, 'issued', ${T0}, ${later(1800)}, ${owner.json({ incident: 'INC-2026-000009-9', text: 'Le 15 ne passe plus' })}, ${T0}, 'Clara')
      returning id::int`
    for (const [organisation, annex] of [
      [people.organisations.pref59, 'Annexe du Nord'],
      [people.organisations.pref37, 'Annexe de Touraine'],
    ] as const)
      await owner`insert into notice_recipient (notice_id, organisation_id, annex, told_at)
        values (${made?.id}, ${organisation}, ${annex}, ${T0})`
    const id = await queue()
    const data = { noticeId: made?.id, number: 4, kind: 'situation_report', incident: 'INC-2026-000009-9' }
    await owner`update outbox set kind = 'notice_issued', data = ${owner.json(data)}, account_id = ${people.pref59.accountId},
      to_id = ${people.pref59.accountId} where id = ${id}`
    await sendDue(clock, later(1))
    expect(await stateOf(id)).toMatchObject({ state: 'sent', error: null })
    const mail = await simpleParser(Buffer.from(letters[0] ?? ''))
    expect(mail.subject?.replace(/\s/g, ' ')).toBe('Point de situation n° 4 – INC-2026-000009-9')
    expect(mail.text).toContain('Le 15 ne passe plus')
    expect(mail.text).toContain('Annexe du Nord')
    expect(mail.text).not.toContain('Touraine')
    expect(mail.text).toContain('https://permanence.example/a/')
    expect(mail.attachments).toMatchObject([
      { contentType: 'application/pdf', filename: 'point-4-INC-2026-000009-9.pdf' },
    ])
    expect(mail.attachments[0]?.content.subarray(0, 5).toString()).toBe('%PDF-')
  })
})
