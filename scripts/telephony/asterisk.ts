/** What of an event of Asterisk's ARI is read here. */
export type AriEvent = {
  type: string
  /** Of ChannelCreated, ChannelDialplan, ChannelDestroyed. */
  channel?: AriChannel
  /** Of Dial: who calls, and the telephone that is rung for him. */
  caller?: AriChannel
  peer?: AriChannel
  dialstatus?: string
  cause?: number
}
type AriChannel = {
  id: string
  caller?: { number?: string }
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

export type AriCalls = Map<string, { from: string; to: string }>

/**
 * A call to the hotline, told in the words of the generic CTI; null for what is of other channels. The bridge only listens: the
 * dialplan is not touched and no channel is held. `hotline`: the extensions by which the dialplan knows it; `calls`: what
 * the bridge has seen begin, kept by it over reconnections.
 */
export function ctiOfAri(event: AriEvent, hotline: ReadonlySet<string>, calls: AriCalls): CtiEvent | null {
  const channel = event.channel ?? event.caller
  if (!channel) return null
  const begins = event.type === 'ChannelCreated' || event.type === 'ChannelDialplan'
  const to = channel.dialplan?.exten ?? ''
  if (begins && hotline.has(to) && !calls.has(channel.id)) {
    calls.set(channel.id, { from: channel.caller?.number ?? '', to })
    return told(channel.id, 'newCall', calls)
  }
  if (!calls.has(channel.id)) return null
  if (event.type === 'Dial' && event.dialstatus === 'ANSWER') {
    const user = event.peer?.caller?.number
    return { ...told(channel.id, 'answer', calls), ...(user ? { user } : {}) }
  }
  if (event.type === 'ChannelDestroyed') {
    const ended = told(channel.id, 'hangup', calls)
    calls.delete(channel.id)
    return { ...ended, cause: CAUSES[event.cause ?? 0] ?? String(event.cause ?? '') }
  }
  return null
}

function told(callId: string, event: CtiEvent['event'], calls: AriCalls): CtiEvent {
  const { from = '', to = '' } = calls.get(callId) ?? {}
  return { event, callId, from, to, direction: 'in' }
}
