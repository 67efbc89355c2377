import { connect, type Socket } from 'node:net'
import { createTransport, type Transporter } from 'nodemailer'
import { sheetPdf } from '#app/_print/sheet.ts'
import { sitrepSheet } from '#app/sitreps/pdf.ts'
import type { ChannelOutside, Destination, Message, Outcome } from '../port.ts'
import { letterName } from '../seal.ts'
import { type MailSettings, secretOf } from './settings.ts'
import { mailWords } from './words.ts'

/** Mail: what can be read later, and answered on the case. Nothing is verified by it. */
export function mailChannel(settings: MailSettings, stepMs = STEP_MS): ChannelOutside {
  return {
    name: 'mail',
    where: 'outside',
    knowsKeys: false,
    receiptWithinS: null,
    validate: (to) => (mailAddressOf(to) ? { ok: true } : { ok: false, key: 'inbox.invalid.no_way' }),
    async send(message, to, signal) {
      const address = mailAddressOf(to)
      if (address === null) return { never: 'no address' }
      const line = lineTo(settings)
      try {
        const letter = { ...letterOf(settings, message, address), ...(await files(message)) }
        const sent = await Promise.race([
          transportOf(settings, line.open, stepMs).sendMail(letter),
          ended(signal),
        ])
        return { accepted: sent.messageId, parts: [] }
      } catch (error) {
        return outcomeOf(error)
      } finally {
        line.cut()
      }
    },
  }
}

type Letter = { to: string; subject: string; text: string; name: string }

/** A letter that is about nobody's case and asks for no answer. */
export async function sendLetter(settings: MailSettings, letter: Letter, signal: AbortSignal): Promise<void> {
  const line = lineTo(settings)
  const { to, subject, text, name } = letter
  try {
    const sending = transportOf(settings, line.open).sendMail({
      ...{ from: { name: 'Permanence', address: settings.from }, to, subject, text },
      messageId: `<${name}@${settings.from.split('@')[1]}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
    await Promise.race([sending, ended(signal)])
  } finally {
    line.cut()
  }
}

/** Seconds that the far side may take for each step: a server that answers slowly is told again later. */
const [CONNECT_MS, STEP_MS] = [5_000, 15_000]

/** Its socket is ours, so that it can be cut: the package closes none of its own before its time. */
function lineTo({ host, port }: MailSettings) {
  let socket: Socket | null = null
  return {
    open: (_: unknown, opened: (error: Error | null, given?: { connection: Socket }) => void) => {
      const mine = connect({ host, port })
      socket = mine
      const failed = (error: Error) => opened(error)
      mine.once('error', failed)
      mine.setTimeout(CONNECT_MS, () => mine.destroy(new Error('Connection timeout')))
      mine.once('connect', () => {
        mine.setTimeout(0)
        mine.removeAllListeners('timeout')
        mine.removeListener('error', failed)
        // One that dies when nobody listens any more ends nothing.
        mine.on('error', () => {})
        opened(null, { connection: mine })
      })
    },
    cut: () => socket?.destroy(),
  }
}

/** It may have gone out when we stopped waiting. */
function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(new Error('given up'))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}

function transportOf(
  { host, port, tls, plain, user }: MailSettings,
  getSocket: ReturnType<typeof lineTo>['open'],
  stepMs = STEP_MS,
): Transporter {
  const pass = secretOf('SMTP_PASSWORD')
  return createTransport({
    host,
    port,
    getSocket,
    secure: tls,
    requireTLS: !tls && !plain,
    ignoreTLS: plain,
    ...(user && pass ? { auth: { user, pass } } : {}),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** A letter of a machine (RFC 3834), of a list that is this case (RFC 2919), answered at the address of this case. */
export function letterOf({ from }: MailSettings, message: Message, to: string) {
  const { subject, text } = mailWords(message)
  const thing = threadOf(message)
  const [name = '', host = ''] = from.split('@')
  const replyTo = thing ? `${name}+${thing}@${host}` : from
  return {
    from: { name: 'Permanence', address: from },
    to,
    replyTo,
    subject,
    text: `${text}\n`,
    // The same however often it is tried: a server that has it already may know it.
    messageId: `<${letterName(message.id)}@${host}>`,
    ...(thing
      ? {
          inReplyTo: `<${thing}@${host}>`,
          references: `<${thing}@${host}>`,
        }
      : {}),
    headers: {
      ...(thing ? { 'List-Id': `<${thing}.${host}>` } : {}),
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(message.pressing ? { Importance: 'high' } : {}),
    },
  }
}

/** The report as a file, beside its text. */
async function files({ enclosed }: Message) {
  if (!enclosed) return {}
  const content = await sheetPdf(sitrepSheet(enclosed))
  return { attachments: [{ filename: enclosed.file, content, contentType: 'application/pdf' }] }
}

/** What its answers belong to. */
function threadOf({ data }: Message): string | null {
  const reference = data.reference ?? data.incident
  return typeof reference === 'string' && /^[\w-]{3,40}$/.test(reference) ? reference.toLowerCase() : null
}

/** Refused for good, or not now. A line that dies once it stood may have taken the letter: nobody can say. */
function outcomeOf(error: unknown): Outcome {
  const { responseCode, code, command, message } = error as Partial<Record<string, string>> & {
    responseCode?: number
  }
  const why = `smtp: ${responseCode ?? code ?? 'failed'}`
  if (responseCode)
    return responseCode >= 500 && !OURS.has((command ?? '').replace(/^AUTH.*/, 'AUTH'))
      ? { never: why }
      : { retry: why }
  if (NEVER_STOOD.test(`${code} ${message}`)) return { retry: why }
  throw new Error(why)
}

/** What a server refuses of us says nothing of the reader. */
const OURS: ReadonlySet<string> = new Set(['CONN', 'EHLO', 'HELO', 'STARTTLS', 'AUTH', 'MAIL FROM'])
const NEVER_STOOD =
  /EDNS|ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ETLS|EAUTH|Greeting never received|Connection timeout/

/** Where a letter to it goes; null when it is no address of mail. */
export function mailAddressOf(to: Destination): string | null {
  switch (to.type) {
    case 'account':
      return to.email
    case 'way':
      return to.kind === 'email' ? to.value : null
    case 'contact':
    case 'post':
      return to.email
    case 'browser':
    case 'telephone':
      return null
  }
}
