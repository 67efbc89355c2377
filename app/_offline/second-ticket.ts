import { decode, encode } from 'next-auth/jwt'
import { secret } from '#app/_auth/cookie.ts'
import { LONGEST_MS } from '#app/_auth/rules/lifetime.ts'

const OF_TICKETS = 'kept-report'

/**
 * What a browser shows there for want of its cookie, which belongs to the first address: the session that sends, for kept
 * reports alone. It ends with the session, which is looked up each time: no sooner, or a watch without a network would end it.
 */
export function ticketOf(sessionId: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret: secret(), salt: OF_TICKETS, maxAge: LONGEST_MS / 1000 })
}

/** The session of a ticket; null when it was not sealed by us, for this, or is too old. */
export async function sessionOfTicket(authorization: string | null): Promise<string | null> {
  const [, token] = /^Ticket ([\w.-]{20,1000})$/.exec(authorization ?? '') ?? []
  if (!token) return null
  try {
    const read = await decode({ token, secret: secret(), salt: OF_TICKETS })
    return typeof read?.sid === 'string' ? read.sid : null
  } catch {
    return null
  }
}
