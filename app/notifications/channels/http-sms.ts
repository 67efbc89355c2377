import type { Outcome } from '../port.ts'
import { receiptsAddress } from '../seal.ts'
import { type HttpSms, secretOf } from './settings.ts'
import type { SmsToSend } from './sms.ts'

/** Any gateway that takes a request a message: what it is asked is a template of the administrator's. */
export async function httpSms(
  settings: HttpSms,
  { message, number, text, signal }: SmsToSend,
): Promise<Outcome> {
  const places = {
    to: number,
    text,
    key: message.key,
    receipts: receiptsAddress('sms'),
    secret: secretOf('SMS_GATEWAY_SECRET') ?? '',
  }
  const isJson = settings.contentType === 'application/json'
  const answer = await fetch(settings.url, {
    method: 'POST',
    headers: { ...headersOf(settings.headers, places), 'content-type': settings.contentType },
    body: filled(settings.body, places, isJson ? inJson : encodeURIComponent),
    // A gateway that moves says so to a person: a message goes where the administrator said.
    redirect: 'error',
    signal,
  })
  const body = (await answer.text()).slice(0, 10_000)
  // Refused for good: what is asked is wrong, or the number is. Its own fault, ours of settings, or too many: not now.
  if (REFUSED.has(answer.status)) return { never: `gateway: ${answer.status}` }
  if (!answer.ok) return { retry: `gateway: ${answer.status}` }
  const id = idIn(body, settings.idAt) ?? message.key
  return { accepted: `http:${id}`, parts: [`http:${id}`] }
}

const REFUSED: ReadonlySet<number> = new Set([400, 404, 410, 422])

type Places = Record<string, string>

function filled(template: string, places: Places, as: (text: string) => string): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in places ? as(places[name] ?? '') : whole,
  )
}

/** Between the quotes of the template. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function headersOf(lines: string, places: Places): Record<string, string> {
  return Object.fromEntries(
    lines.split('\n').flatMap((line) => {
      const [, name, value] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? []
      return name && value !== undefined ? [[name, filled(value, places, oneLine)]] : []
    }),
  )
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]/g, ' ')
}

/** "messages.0.id" in an answer of JSON; the whole of a plain one. */
export function idIn(body: string, at: string): string | null {
  if (at === '') return body.trim().slice(0, 200) || null
  try {
    return wordAt(JSON.parse(body), at)
  } catch {
    return null
  }
}

/** What stands at a dotted place, as a word; null when there is none. */
export function wordAt(value: unknown, at: string): string | null {
  const found = at.split('.').reduce<unknown>((inside, name) => {
    return typeof inside === 'object' && inside !== null && Object.hasOwn(inside, name)
      ? (inside as Record<string, unknown>)[name]
      : undefined
  }, value)
  return typeof found === 'string' || typeof found === 'number' ? String(found).slice(0, 200) : null
}

export type HttpReceipt = { id: string; says: 'delivered' | 'failed' | null }

/** What the gateway calls back with; null when no name of a message is in it. */
export function httpReceipt(
  { receiptIdAt, receiptStateAt, delivered, failed }: HttpSms,
  told: unknown,
): HttpReceipt | null {
  const [id, state] = [wordAt(told, receiptIdAt), wordAt(told, receiptStateAt)]
  if (id === null) return null
  const among = (words: string) => state !== null && wordsOf(words).includes(state.toLowerCase())
  return { id, says: among(delivered) ? 'delivered' : among(failed) ? 'failed' : null }
}

function wordsOf(list: string): string[] {
  return list.split(',').map((word) => word.trim().toLowerCase())
}
