import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '#db/transaction.ts'

/** What an administrator sets of a channel, in the table `setting` under `channel.NAME`; never a secret. */
const text = (most = 200) => z.string().trim().max(most)
const flag = z.boolean().default(false)

/** A group of fields in which nothing was typed is not there. */
function orNone<S extends z.ZodType>(group: S) {
  return z.preprocess((given) => (isBlank(given) ? null : given), group.nullable()).default(null as never)
}

export function isBlank(given: unknown): boolean {
  if (typeof given === 'object' && given !== null) return Object.values(given).every(isBlank)
  return given === undefined || given === null || given === '' || given === false
}

const port = z.coerce.number().int().min(1).max(65_535)

export const smppInput = z.object({
  host: text(253).min(1),
  port,
  tls: flag,
  systemId: text(15).min(1),
  systemType: text(12).default(''),
  window: z.coerce.number().int().min(1).max(1_000).default(10),
})
export const httpSmsInput = z.object({
  url: z.url({ protocol: /^https?$/ }).max(500),
  /** What is sent, with {to}, {text}, {key}, {receipts} and {secret} filled in for its kind of content. */
  body: text(4_000).min(1),
  contentType: z.enum(['application/json', 'application/x-www-form-urlencoded']).default('application/json'),
  /** A line each: "Name: value", with the same places. */
  headers: text(2_000).default(''),
  /** Where its answer says what it calls the message: "id", "messages.0.id"; nothing: the whole answer is it. */
  idAt: text(100).default(''),
  /** In what it calls back with (app/api/receipts): where the name stands, where its state, and the words that are final. */
  receiptIdAt: text(100).default('id'),
  receiptStateAt: text(100).default('status'),
  delivered: text(200).default('delivered, DELIVRD'),
  failed: text(200).default('failed, undelivered, UNDELIV, rejected, REJECTD, expired, EXPIRED'),
})
const smsFields = z.object({
  /** Shown as the sender: digits that can be answered, or up to eleven letters. */
  sender: text(21).default(''),
  /** Tried in this order. */
  smpp: orNone(smppInput),
  second: orNone(smppInput),
  http: orNone(httpSmsInput),
  /** Without a receipt for so many seconds the next way is tried; 0: this route says nothing of arrival. */
  receiptS: z.coerce.number().int().min(0).max(86_400).default(300),
})
/** A sender without any route sends nothing, and would look as if it were set. */
export const smsInput = smsFields.refine(({ smpp, second, http }) => smpp || second || http, {
  path: ['sender'],
  message: 'channels.invalid.no_route',
})
export type SmsSettings = z.output<typeof smsInput>
export type HttpSms = z.output<typeof httpSmsInput>
export type SmppSettings = z.output<typeof smppInput>

export const voiceInput = z.object({
  /** The gateway that dials, speaks and hears keys. */
  url: z.url({ protocol: /^https?$/ }).max(500),
  /** Where it is asked to ring an agent's own telephone, and then the number that he chose on a page. */
  dialUrl: orNone(z.url({ protocol: /^https?$/ }).max(500)),
})
export type VoiceSettings = z.output<typeof voiceInput>

export const mailInput = z.object({
  host: text(253).min(1),
  port: port.default(587),
  /** TLS from the first octet; otherwise STARTTLS, which is asked for unless `plain` says that the line itself is safe. */
  tls: flag,
  plain: flag,
  user: text().default(''),
  /** The address that writes and is answered; the case stands behind a plus in it. */
  from: z.email().max(200),
  imap: orNone(z.object({ host: text(253).min(1), port: port.default(993), tls: flag, user: text().min(1) })),
})
export type MailSettings = z.output<typeof mailInput>

export const pushInput = z.object({
  /** Who answers for what is sent, for the makers of browsers. */
  subject: z.email().max(200),
  /** Made with its private half, which is a secret: `npx web-push generate-vapid-keys`. */
  publicKey: text(200).min(80),
  /** Hosts of makers of browsers that notifications may be given to, a line each; their subdomains too. */
  hosts: text(1_000).default(
    'fcm.googleapis.com\npush.services.mozilla.com\npush.apple.com\nnotify.windows.com',
  ),
})
export type PushSettings = z.output<typeof pushInput>

export const CHANNEL_INPUT = { sms: smsInput, voice: voiceInput, mail: mailInput, push: pushInput } as const
export type ChannelName = keyof typeof CHANNEL_INPUT
export const CHANNEL_NAMES = Object.keys(CHANNEL_INPUT) as ChannelName[]
export type ChannelSettings = { [Name in ChannelName]: z.output<(typeof CHANNEL_INPUT)[Name]> | null }

/** As they stand now. What cannot be read is as good as unset: it is said so at /admin/messaging. */
export async function readSettings(tx: Tx): Promise<ChannelSettings> {
  const rows = await tx.execute<{ key: string; value: unknown }>(
    sql`select key, value from setting where key = any (${`{${CHANNEL_NAMES.map((name) => `channel.${name}`).join(',')}}`}::text[])`,
  )
  return Object.fromEntries(
    CHANNEL_NAMES.map((name) => {
      const row = rows.find((one) => one.key === `channel.${name}`)
      const read = CHANNEL_INPUT[name].safeParse(row?.value)
      return [name, read.success ? read.data : null]
    }),
  ) as ChannelSettings
}

/** The names of what is secret, in the environment: the value itself, or with _FILE the file that holds it. */
export const SECRETS = {
  sms: ['SMS_PASSWORD', 'SMS_PASSWORD_2', 'SMS_GATEWAY_SECRET'],
  voice: ['VOICE_GATEWAY_SECRET'],
  mail: ['SMTP_PASSWORD', 'IMAP_PASSWORD'],
  push: ['PUSH_PRIVATE_KEY'],
} as const satisfies Record<ChannelName, readonly string[]>
export type SecretName = (typeof SECRETS)[ChannelName][number]

/** Never written down, never shown, never in a log; null when it is not given. */
export function secretOf(name: SecretName, env: NodeJS.ProcessEnv = process.env): string | null {
  const file = env[`${name}_FILE`]
  try {
    return env[name] || (file ? readFileSync(file, 'utf8').trim() : '') || null
  } catch {
    return null
  }
}
