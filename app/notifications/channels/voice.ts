import { createHmac } from 'node:crypto'
import type { ChannelOutside, Destination } from '../port.ts'
import { CALL_LOST_S } from '../rules/ringing.ts'
import { voiceAddress } from '../seal.ts'
import { idIn } from './http-sms.ts'
import { secretOf, type VoiceSettings } from './settings.ts'
import { voiceWords } from './words.ts'

/** A telephone rings. The gateway speaks and hears keys (scripts/gateway is one); we say what, and it tells what came of it. */
export function voiceChannel({ url }: VoiceSettings): ChannelOutside {
  return {
    name: 'voice',
    where: 'outside',
    // A worker that dies while it asks for a call may ask again: the telephone rings once more.
    knowsKeys: false,
    receiptWithinS: CALL_LOST_S,
    validate: (to) => (numberOf(to) ? { ok: true } : { ok: false, key: 'inbox.invalid.no_way' }),
    async send(message, to, signal) {
      const number = numberOf(to)
      if (number === null) return { never: 'no telephone number' }
      const body = JSON.stringify({
        number,
        key: `${message.key}-${message.attempts}`,
        language: message.locale,
        ...voiceWords(message),
        callBack: voiceAddress(message.id),
      })
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signed(body) },
        body,
        redirect: 'error',
        signal,
      })
      const told = (await answer.text()).slice(0, 10_000)
      if ([400, 404, 422].includes(answer.status)) return { never: `gateway: ${answer.status}` }
      if (!answer.ok) return { retry: `gateway: ${answer.status}` }
      return { accepted: idIn(told, 'id') ?? message.key, parts: [] }
    },
  }
}

/** Who asks for a call is us: the gateway compares this with its own. */
export function signed(body: string): Record<string, string> {
  const secret = secretOf('VOICE_GATEWAY_SECRET')
  if (!secret) return {}
  return { 'x-permanence-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }
}

function numberOf(to: Destination): string | null {
  if (to.type === 'way')
    return ['mobile', 'landline', 'satellite'].includes(to.kind) && to.value.startsWith('+') ? to.value : null
  return to.type === 'contact' || to.type === 'post' ? to.phone : null
}
