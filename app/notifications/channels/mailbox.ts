import { ImapFlow } from 'imapflow'
import { LARGEST_BYTES } from '../rules/inbound.ts'
import { type MailSettings, secretOf } from './settings.ts'

/** Letters of one turn; the next one goes on. */
const AT_ONCE = 50

type Came = { raw: Buffer } | { tooLarge: number; id: string }

/**
 * Reads what has come in and was not read: each is marked as read once it is written down, so that a death in between reads it
 * again, and the row says that it is there already. Returns how many there were.
 */
export async function readMailbox(
  { imap }: MailSettings,
  take: (came: Came) => Promise<unknown>,
  signal: AbortSignal,
): Promise<number> {
  if (!imap) return 0
  const { host, port, tls, user } = imap
  const client = new ImapFlow({
    host,
    port,
    secure: tls,
    auth: { user, pass: secretOf('IMAP_PASSWORD') ?? '' },
    logger: false,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 30_000,
  })
  // A line that dies ends the turn by what it was doing.
  client.on('error', () => {})
  const cut = () => client.close()
  signal.addEventListener('abort', cut)
  try {
    await client.connect()
    const lock = await client.getMailboxLock('INBOX')
    try {
      const found = await client.search({ seen: false }, { uid: true })
      const uids = (found || []).slice(0, AT_ONCE)
      for (const uid of uids) {
        const known = await client.fetchOne(String(uid), { size: true }, { uid: true })
        const size = known ? (known.size ?? 0) : 0
        if (size > LARGEST_BYTES)
          await take({
            tooLarge: size,
            id: `${host}:${client.mailbox ? client.mailbox.uidValidity : 0}:${uid}`,
          })
        else {
          const whole = await client.fetchOne(String(uid), { source: true }, { uid: true })
          const source = whole ? whole.source : null
          if (source) await take({ raw: source })
        }
        await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true })
      }
      return uids.length
    } finally {
      lock.release()
    }
  } finally {
    signal.removeEventListener('abort', cut)
    await client.logout().catch(() => client.close())
  }
}
