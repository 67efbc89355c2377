import { timingSafeEqual } from 'node:crypto'
import { secret } from '#app/_auth/cookie.ts'
import { fingerprint } from '#app/_auth/fingerprint.ts'

/**
 * What stands in a message so that its reader can acknowledge it without signing in: which message, and a seal of ours. The
 * same each time the message is sent; used up when the message is acknowledged.
 */
export function answerCode(outboxId: number): string {
  return `${outboxId.toString(36)}-${seal('answer', String(outboxId)).slice(0, 20)}`
}

/** The message that a code is of; null when it was not sealed here. */
export function readAnswerCode(code: string): number | null {
  const [, id] = /^([0-9a-z]{1,11})-[0-9a-f]{20}$/.exec(code) ?? []
  const outboxId = id ? Number.parseInt(id, 36) : Number.NaN
  return Number.isSafeInteger(outboxId) && same(answerCode(outboxId), code) ? outboxId : null
}

export function answerAddress(outboxId: number): string {
  return `${ownAddress()}/a/${answerCode(outboxId)}`
}

/** Where a far side tells what came of a message: nobody else knows the address. */
export function receiptsAddress(channel: string): string {
  return `${ownAddress()}/api/receipts/${channel}/${receiptsToken(channel)}`
}

/** Where a voice gateway tells of one call: it can say nothing of another. */
export function voiceAddress(outboxId: number): string {
  return `${ownAddress()}/api/receipts/voice/${answerCode(outboxId)}`
}

/** Six digits that only the message to a way holds: nothing of them is kept. */
export function codeOf(outboxId: number): string {
  return String(Number.parseInt(seal('code', String(outboxId)).slice(0, 12), 16) % 1_000_000).padStart(6, '0')
}

export function isCodeOf(outboxId: number, typed: string): boolean {
  return same(codeOf(outboxId), typed.replace(/\s/g, ''))
}

/** The name of a letter, which what comes back repeats: whoever was not written to cannot make one up. It acknowledges nothing. */
export function letterName(outboxId: number): string {
  return `permanence-${outboxId}-${seal('letter', String(outboxId)).slice(0, 20)}`
}

/** The letter that a Message-ID is of; null when it was not sealed here. */
export function readLetterName(messageId: string): number | null {
  const [, name = '', id] = /^<?(permanence-(\d{1,15})-[0-9a-f]{20})@[^@<>]+>?$/.exec(messageId) ?? []
  return id && same(letterName(Number(id)), name) ? Number(id) : null
}

export function isReceiptsToken(channel: string, token: string): boolean {
  return same(receiptsToken(channel), token)
}

function receiptsToken(channel: string): string {
  return seal('receipts', channel).slice(0, 32)
}

function seal(what: string, of: string): string {
  return fingerprint(`${what}:${of}`, secret())
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}

function ownAddress(): string {
  return (process.env.NEXTAUTH_URL ?? 'http://localhost:3000').replace(/\/+$/, '')
}
