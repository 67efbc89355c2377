/**
 * How a text becomes short messages (3GPP TS 23.038 for the alphabets, TS 23.040 §9.2.3.24 for the parts): what each part
 * holds on the wire is said here, so that no library guesses it.
 */

/** The default alphabet, a septet a character, in the order of its codes (23.038 §6.2.1); 0x1B leads to the second table. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
/** Characters that take two (23.038 §6.2.1.1). */
const EXTENDED: Readonly<Record<string, number>> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
}
const ESCAPE = 0x1b

/** What a part holds: alone, and when six octets of it say which part of which message it is. In septets, or in UTF-16 units. */
export const ROOM = { gsm7: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } } as const
export type Alphabet = keyof typeof ROOM

/** `data_coding` of SMPP 3.4 §5.2.19: the alphabet of the far side is GSM 7-bit, one septet an octet; or UCS-2, big-endian. */
export const DATA_CODING: Record<Alphabet, number> = { gsm7: 0x00, ucs2: 0x08 }

export type Sms = {
  alphabet: Alphabet
  /** As they go on the wire; with more than one, each begins with its header. */
  parts: Uint8Array[]
}

/** `reference`: the same for all parts of a message, and however often it is sent again, so that a telephone shows it once. */
export function smsOf(text: string, reference: number): Sms {
  const plain = plainSigns(text)
  const septets = [...plain].map(septetsOf)
  if (septets.every((one) => one !== null)) return parted('gsm7', septets, reference)
  return parted('ucs2', [...plain].map(utf16), reference)
}

/** Signs that only a printer tells apart; never a letter, whose accent is part of a name. */
export function plainSigns(text: string): string {
  return text
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\u00ab[\s\u00a0\u202f]*|[\s\u00a0\u202f]*\u00bb/g, '"')
    .replace(/[\u00a0\u202f\u2009]/g, ' ')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\u2026/g, '...')
}

/** Each of `characters` stays whole: half a euro sign, or half an emoji, is another character. */
function parted(alphabet: Alphabet, characters: (readonly number[])[], reference: number): Sms {
  const unit = alphabet === 'gsm7' ? 1 : 2
  const { alone, part } = ROOM[alphabet]
  const length = characters.reduce((sum, one) => sum + one.length, 0) / unit
  if (length <= alone) return { alphabet, parts: [Uint8Array.from(characters.flat())] }
  const bodies: number[][] = [[]]
  for (const one of characters) {
    const last = bodies.at(-1) as number[]
    if ((last.length + one.length) / unit > part) bodies.push([...one])
    else last.push(...one)
  }
  return {
    alphabet,
    // Header of five octets: "concatenated, eight-bit reference", of three octets: which message, of how many, which of them.
    parts: bodies.map((body, n) =>
      Uint8Array.from([5, 0x00, 3, reference & 0xff, bodies.length, n + 1, ...body]),
    ),
  }
}

function septetsOf(character: string): readonly number[] | null {
  const code = character.length === 1 ? BASIC.indexOf(character) : -1
  if (code >= 0 && code !== ESCAPE) return [code]
  const second = EXTENDED[character]
  return second === undefined ? null : [ESCAPE, second]
}

function utf16(character: string): readonly number[] {
  return Array.from({ length: character.length }, (_, at) => {
    const unit = character.charCodeAt(at)
    return [unit >> 8, unit & 0xff]
  }).flat()
}

/** What a receipt says (SMPP 3.4 appendix B): of which message, and whether it has arrived; null while it is on its way. */
export type SmsReceipt = { id: string; says: 'delivered' | 'failed' | null }

/** From the optional parameters where the far side sends them (§5.3.2.35, 5.3.2.12), else from the words that all of them write. */
export function readReceipt(
  words: string,
  given: { id?: string | undefined; state?: number | undefined } = {},
): SmsReceipt | null {
  const id = given.id?.replace(/\0+$/, '') || /\bid:\s*([^\s]+)/i.exec(words)?.[1]
  if (!id) return null
  if (given.state !== undefined) return { id, says: STATES[given.state] ?? null }
  const stat = /\bstat:\s*([A-Z]+)/i.exec(words)?.[1]?.toUpperCase()
  return { id, says: stat === undefined ? null : (STATS[stat] ?? null) }
}

const STATES: Readonly<Record<number, 'delivered' | 'failed'>> = {
  2: 'delivered',
  3: 'failed',
  4: 'failed',
  5: 'failed',
  8: 'failed',
}
const STATS: Readonly<Record<string, 'delivered' | 'failed'>> = {
  DELIVRD: 'delivered',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  REJECTD: 'failed',
}

/** "OK", said by whoever answers a message, with thanks or "I am coming" at most: any other word is for a person to read. */
export function saysYes(words: string): boolean {
  const plain = words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
  return YES.test(plain)
}

const YES =
  /^(ok|okay|oui|yes|1|bien recu|recu|vu|d accord)( (ok|oui|yes|merci|beaucoup|thanks|thank you|c est|note|noted|vu|bien|recu|bien recu|j arrive|je viens|j y vais|on my way|coming|i am coming))*$/
