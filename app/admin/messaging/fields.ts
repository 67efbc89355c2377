import type { ChannelName } from '#app/notifications/channels/settings.ts'

export type ChannelField = {
  /** Its place in the settings; the words are channels.field.KEY. */
  name: string
  kind: 'text' | 'number' | 'box' | 'area' | 'content'
  most?: number
}

const smpp = (at: string): ChannelField[] => [
  { name: `${at}.host`, kind: 'text', most: 253 },
  { name: `${at}.port`, kind: 'number' },
  { name: `${at}.tls`, kind: 'box' },
  { name: `${at}.systemId`, kind: 'text', most: 15 },
  { name: `${at}.systemType`, kind: 'text', most: 12 },
  { name: `${at}.window`, kind: 'number' },
]

/** What is asked of each channel, in groups; the secrets stand in the environment and are only named. */
export const CHANNEL_FIELDS: Record<ChannelName, { key: string; fields: ChannelField[] }[]> = {
  sms: [
    {
      key: 'sms',
      fields: [
        { name: 'sender', kind: 'text', most: 21 },
        { name: 'receiptS', kind: 'number' },
      ],
    },
    { key: 'smpp', fields: smpp('smpp') },
    { key: 'second', fields: smpp('second') },
    {
      key: 'http',
      fields: [
        { name: 'http.url', kind: 'text', most: 500 },
        { name: 'http.contentType', kind: 'content' },
        { name: 'http.body', kind: 'area', most: 4_000 },
        { name: 'http.headers', kind: 'area', most: 2_000 },
        { name: 'http.idAt', kind: 'text', most: 100 },
        { name: 'http.receiptIdAt', kind: 'text', most: 100 },
        { name: 'http.receiptStateAt', kind: 'text', most: 100 },
        { name: 'http.delivered', kind: 'text', most: 200 },
        { name: 'http.failed', kind: 'text', most: 200 },
      ],
    },
  ],
  voice: [
    {
      key: 'voice',
      fields: [
        { name: 'url', kind: 'text', most: 500 },
        { name: 'dialUrl', kind: 'text', most: 500 },
      ],
    },
  ],
  mail: [
    {
      key: 'mail',
      fields: [
        { name: 'host', kind: 'text', most: 253 },
        { name: 'port', kind: 'number' },
        { name: 'tls', kind: 'box' },
        { name: 'plain', kind: 'box' },
        { name: 'user', kind: 'text', most: 200 },
        { name: 'from', kind: 'text', most: 200 },
      ],
    },
    {
      key: 'imap',
      fields: [
        { name: 'imap.host', kind: 'text', most: 253 },
        { name: 'imap.port', kind: 'number' },
        { name: 'imap.tls', kind: 'box' },
        { name: 'imap.user', kind: 'text', most: 200 },
      ],
    },
  ],
  push: [
    {
      key: 'push',
      fields: [
        { name: 'subject', kind: 'text', most: 200 },
        { name: 'publicKey', kind: 'text', most: 200 },
        { name: 'hosts', kind: 'area', most: 1_000 },
      ],
    },
  ],
}

/** What stands at a dotted place of the settings, as it is typed; nothing where nothing is. */
export function typedAt(settings: unknown, name: string): string | undefined {
  const found = name
    .split('.')
    .reduce<unknown>(
      (inside, part) =>
        typeof inside === 'object' && inside !== null ? (inside as Record<string, unknown>)[part] : undefined,
      settings,
    )
  return found === undefined || found === null || found === '' ? undefined : String(found)
}
