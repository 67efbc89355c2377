import { createTransport, type Transporter } from 'nodemailer'
import type { ChannelOutside, Destination, Message, Outcome } from '../port.ts'
import { answerAddress } from '../seal.ts'
import { type MailSettings, secretOf } from './settings.ts'
import { mailWords } from './words.ts'

/** Mail: what can be read later, and answered on the case. Nothing is verified by it. */
export function mailChannel(settings: MailSettings): ChannelOutside {
  return {
    name: 'mail',
    where: 'outside',
    knowsKeys: false,
    receiptWithinS: null,
    describe: (to) => hiddenAddress(addressOf(to) ?? ''),
    validate: (to) => (addressOf(to) ? { ok: true } : { ok: false, key: 'inbox.invalid.no_way' }),
    async send(message, to, signal) {
      const address = addressOf(to)
      if (address === null) return { never: 'no address' }
      const transport = transportOf(settings)
      const abort = () => transport.close()
      signal.addEventListener('abort', abort)
      try {
        const sent = await transport.sendMail(letterOf(settings, message, address))
        return { accepted: sent.messageId, parts: [] }
      } catch (error) {
        return outcomeOf(error)
      } finally {
        signal.removeEventListener('abort', abort)
        transport.close()
      }
    },
  }
}

/** Seconds that the far side may take for each step: a server that answers slowly is told again later. */
const [CONNECT_MS, STEP_MS] = [5_000, 15_000]

function transportOf({ host, port, tls, plain, user }: MailSettings): Transporter {
  const pass = secretOf('SMTP_PASSWORD')
  return createTransport({
    host,
    port,
    secure: tls,
    requireTLS: !tls && !plain,
    ignoreTLS: plain,
    ...(user && pass ? { auth: { user, pass } } : {}),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: STEP_MS,
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
    text: `${text}\n\n${answerAddress(message.id)}\n`,
    // The same however often it is tried: a server that has it already may know it.
    messageId: `<${message.key}@${host}>`,
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

function addressOf(to: Destination): string | null {
  switch (to.type) {
    case 'account':
      return to.email
    case 'way':
      return to.kind === 'email' ? to.value : null
    case 'contact':
    case 'post':
      return to.email
    case 'browser':
      return null
  }
}

function hiddenAddress(address: string): string {
  return address.replace(/^(.).*@/, '$1••@')
}
