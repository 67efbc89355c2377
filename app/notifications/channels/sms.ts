import type { ChannelOutside, Destination, Message, Outcome } from '../port.ts'
import { DATA_CODING, smsOf } from '../rules/sms.ts'
import { httpSms } from './http-sms.ts'
import { keepOnly, linkOf } from './links.ts'
import { type SecretName, type SmppSettings, type SmsSettings, secretOf } from './settings.ts'
import { smsText } from './words.ts'

/** Short messages, by one or two message centres (SMPP) and a gateway (HTTP), whichever takes it first. */
export function smsChannel(settings: SmsSettings): ChannelOutside {
  const routes = routesOf(settings)
  return {
    name: 'sms',
    where: 'outside',
    // A message centre forgets what it has answered: after a death between sending and writing down it may arrive twice.
    knowsKeys: false,
    receiptWithinS: settings.receiptS || null,
    validate: (to) =>
      numberOf(to) !== null && routes.length > 0 ? { ok: true } : { ok: false, key: 'inbox.invalid.no_way' },
    attend() {
      keepOnly([...(settings.smpp ? ['1'] : []), ...(settings.second ? ['2'] : [])])
      for (const route of routes) route.attend?.()
    },
    async send(message, to, signal) {
      const number = numberOf(to)
      if (number === null) return { never: 'no mobile number' }
      const text = smsText(message, canBeAnswered(settings.sender))
      let outcome: Outcome = { retry: 'no route is set' }
      for (const route of routes) {
        outcome = await route.send({ message, number, text, signal })
        if (!('retry' in outcome)) return outcome
      }
      return outcome
    },
  }
}

export type SmsToSend = { message: Message; number: string; text: string; signal: AbortSignal }
type Route = { attend?: () => void; send: (sms: SmsToSend) => Promise<Outcome> }

function routesOf({ smpp, second, http, sender }: SmsSettings): Route[] {
  return [
    ...(smpp ? [smppRoute('1', smpp, 'SMS_PASSWORD', sender)] : []),
    ...(second ? [smppRoute('2', second, 'SMS_PASSWORD_2', sender)] : []),
    ...(http ? [{ send: (sms: SmsToSend) => httpSms(http, sms) }] : []),
  ]
}

function smppRoute(place: string, settings: SmppSettings, secret: SecretName, sender: string): Route {
  const link = () => linkOf(place, { ...settings, password: secretOf(secret) ?? '' })
  return {
    attend: () => link().attend(),
    async send({ message, number, text, signal }) {
      // The same however often it is tried: then a telephone shows its parts once.
      const { alphabet, parts } = smsOf(text, message.id)
      const ids: string[] = []
      for (const part of parts) {
        const submitted = await link().submit(
          {
            ...senderOf(sender),
            dest_addr_ton: 1,
            dest_addr_npi: 1,
            destination_addr: number.replace(/^\+/, ''),
            esm_class: parts.length > 1 ? 0x40 : 0,
            registered_delivery: 1,
            data_coding: DATA_CODING[alphabet],
            short_message: Buffer.from(part),
          },
          signal,
        )
        if ('id' in submitted) ids.push(`${place}:${submitted.id}`)
        // Some of it is out there: it is sent again whole.
        else if (ids.length > 0) throw new Error('retry' in submitted ? submitted.retry : submitted.never)
        else return submitted
      }
      const [first = ''] = ids
      return { accepted: first, parts: ids }
    },
  }
}

/** Type of number and plan (SMPP 3.4 §5.2.5): international, a name, or one of the network's own. */
function senderOf(sender: string): Record<string, unknown> {
  if (/^\+\d+$/.test(sender)) return { source_addr_ton: 1, source_addr_npi: 1, source_addr: sender.slice(1) }
  const ton = /^\d*$/.test(sender) ? 3 : 5
  return { source_addr_ton: sender ? ton : 0, source_addr_npi: 0, source_addr: sender }
}

function canBeAnswered(sender: string): boolean {
  return /^\+?\d+$/.test(sender)
}

/** What rings and reads short messages; what the directory says may be a landline, and is tried. */
function numberOf(to: Destination): string | null {
  const written = to.type === 'way' ? (to.kind === 'mobile' ? to.value : null) : phoneOf(to)
  return written && /^\+\d{6,15}$/.test(written) ? written : null
}

function phoneOf(to: Destination): string | null {
  return to.type === 'contact' || to.type === 'post' || to.type === 'telephone' ? to.phone : null
}
