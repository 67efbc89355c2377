import { shortened } from '#app/_doors/rules/cut.ts'

/** What becomes of a letter that comes in (RFC 3834 for what answers by itself, RFC 3464 for what came back). Nothing by mail is ever verified. */

export type Letter = {
  from: string
  /** Every address that it was sent to. */
  to: readonly string[]
  subject: string
  text: string
  /** Message-IDs that it answers. */
  answers: readonly string[]
  headers: Readonly<Record<string, string>>
  /** Of a letter that came back: to whom it could not be brought, and which it was. */
  returned: { recipients: readonly string[]; messageIds: readonly string[] } | null
}

export type Fate =
  | { fate: 'landed'; reference: string }
  | { fate: 'bounce'; recipients: readonly string[]; messageIds: readonly string[] }
  /** Written by a machine: it is never answered, and is no word of anybody. */
  | { fate: 'automatic' }
  | { fate: 'unknown' }

/** Beyond, nobody wrote it by hand; it is put aside unread. */
export const LARGEST_BYTES = 10 * 1024 * 1024
/** Of what is said, so much stands on the case. */
export const LONGEST_WORDS = 4_000
/** Letters of one case in an hour; more is a loop between two machines that do not say that they are. */
export const MOST_AN_HOUR = 20

export function fateOf(letter: Letter, own: string): Fate {
  if (letter.returned) return { fate: 'bounce', ...letter.returned }
  if (isAutomatic(letter, own)) return { fate: 'automatic' }
  const reference = caseOf(letter, own)
  return reference ? { fate: 'landed', reference } : { fate: 'unknown' }
}

function isAutomatic({ from, headers }: Letter, own: string): boolean {
  const submitted = headers['auto-submitted']?.toLowerCase().trim()
  if (submitted && submitted !== 'no') return true
  if (/^(bulk|list|junk|auto_reply)$/i.test(headers.precedence?.trim() ?? '')) return true
  if (headers['list-id'] || headers['list-unsubscribe'] || headers['x-autoreply'] || headers['x-autorespond'])
    return true
  // Ours, come round.
  return bare(from) === bare(own) || /^(mailer-daemon|postmaster|no-?reply)@/i.test(from)
}

/** The case stands behind the plus of the address that it was sent to, or in the letter that it answers. */
function caseOf({ to, answers }: Letter, own: string): string | null {
  const [name = '', host = ''] = own.toLowerCase().split('@')
  for (const address of to) {
    const [local = '', domain = ''] = address.toLowerCase().split('@')
    if (domain === host && local.startsWith(`${name}+`)) return local.slice(name.length + 1)
  }
  for (const id of answers) {
    const [, local = '', domain = ''] = /^<?([^@<>]+)@([^<>]+)>?$/.exec(id.toLowerCase()) ?? []
    if (domain === host && /^(?:inc-)?(?:ex-)?\d{4}-\d{6,9}-\d$/.test(local)) return local
  }
  return null
}

function bare(address: string): string {
  const [local = '', ...host] = address.toLowerCase().split('@')
  return [local.split('+', 1)[0], ...host].join('@')
}

/** What he wrote, without the letter that he answers. */
export function wordsOf(text: string): string {
  const lines = text.replace(/\r/g, '').split('\n')
  const quoted = lines.findIndex(
    (line) =>
      /^>/.test(line) ||
      /^(Le|On) .{6,200}(a écrit|wrote)\s*:\s*$/.test(line) ||
      /^-{2,}\s*(Message d|Original|Forwarded)/i.test(line),
  )
  const own = (quoted < 0 ? lines : lines.slice(0, quoted)).join('\n').trim()
  return shortened(own, LONGEST_WORDS)
}

/** Bounded, so that it is read in one go: whoever writes the report is a stranger. Sizes of RFC 5321. */
const RECIPIENT =
  /^(?:final|original)-recipient:[ \t]{0,9}(?:rfc822|utf-8)[ \t]{0,9};[ \t]{0,9}<?([^\s<>@]{1,64}@[^\s<>@]{1,255})>?[ \t]{0,9}$/im

/** The fields of a report of what came back, "Final-Recipient: rfc822; x@y" among them; only what failed for good. */
export function returnedTo(report: string): string[] {
  return report
    .replace(/\r/g, '')
    .split(/\n\s*\n/)
    .flatMap((block) => {
      const action = /^action:\s*(\w+)/im.exec(block)?.[1]?.toLowerCase()
      const status = /^status:\s*(\d)/im.exec(block)?.[1]
      const [, address] = RECIPIENT.exec(block) ?? []
      return address && (action === 'failed' || status === '5') ? [address.toLowerCase()] : []
    })
}
