/** What of an event of Asterisk's ARI is read here. */
export type AriEvent = {
  type: string
  channel?: AriChannel
  peer?: AriChannel
  dialstatus?: string
  cause?: number
}
type AriChannel = {
  id: string
  caller?: { number?: string }
  connected?: { number?: string }
  dialplan?: { exten?: string }
}
export type CtiEvent = {
  event: 'newCall' | 'answer' | 'hangup'
  callId: string
  from: string
  to: string
  direction: 'in'
  user?: string
  cause?: string
}

/** Q.850 causes as the generic CTI names them (ITU-T Q.850; sipgate's and Zammad's words). */
const CAUSES: Record<number, string> = {
  16: 'normalClearing',
  17: 'busy',
  18: 'noAnswer',
  19: 'noAnswer',
  21: 'busy',
  26: 'forwarded',
  34: 'congestion',
  38: 'congestion',
  127: 'cancel',
}

/**
 * The call that came into our application of the dialplan, told in the words of the generic CTI; null for what is of other
 * channels. `calls`: what this bridge has seen begin, kept by it.
 */
export function ctiOfAri(event: AriEvent, calls: Map<string, { from: string; to: string }>): CtiEvent | null {
  const { type, channel } = event
  if (!channel) return null
  if (type === 'StasisStart' && !calls.has(channel.id)) {
    calls.set(channel.id, { from: channel.caller?.number ?? '', to: channel.dialplan?.exten ?? '' })
    return told(channel.id, 'newCall', calls)
  }
  if (!calls.has(channel.id)) return null
  if (type === 'Dial' && event.dialstatus === 'ANSWER') {
    const user = event.peer?.connected?.number ?? event.peer?.caller?.number
    return { ...told(channel.id, 'answer', calls), ...(user ? { user } : {}) }
  }
  if (type === 'ChannelDestroyed') {
    const ended = told(channel.id, 'hangup', calls)
    calls.delete(channel.id)
    return { ...ended, cause: CAUSES[event.cause ?? 0] ?? String(event.cause ?? '') }
  }
  return null
}

function told(
  callId: string,
  event: CtiEvent['event'],
  calls: Map<string, { from: string; to: string }>,
): CtiEvent {
  const { from = '', to = '' } = calls.get(callId) ?? {}
  return { event, callId, from, to, direction: 'in' }
}
