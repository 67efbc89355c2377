/**
 * One place cleans what people and machines write, for every door: forms, JSON, addresses, search boxes. What nobody can
 * see is taken out (control characters, direction overrides, zero-width signs, halves of a character), line ends become
 * '\n', and letters have one form (Unicode NFC), so that the same word is the same word. What French typography needs
 * stays: the no-break spaces U+00A0 and U+202F, typographic quotes, the joiners inside an emoji.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text
  return text
    .replace(LINE_ENDS, '\n')
    .replace(UNSEEN, '')
    .replace(JOINERS, keptJoiner)
    .replace(TOO_MANY_MARKS, '$1')
    .normalize('NFC')
}

/** One field of a form that no schema reads, clean; blank when it is not there. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? cleanText(value) : ''
}

/** Nearly everything that is sent: printable ASCII and the letters of French need no second look. */
const PLAIN =
  /^[\n\t\x20-\x7e\xa0-\xac\xae-\xff\u0152\u0153\u0178\u2011\u2013\u2014\u2018-\u201d\u2026\u202f\u20ac]*$/

const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029\v\f]/g

/*
 * Controls but tab and line end; soft hyphen; marks and overrides of direction; zero-width and other signs that draw
 * nothing; private tags but those of flags; halves of surrogate pairs, which no database takes.
 */
const UNSEEN =
  /(?![\t\n\v\f\r])\p{Cc}|[\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|\u034f|[\ufe00-\ufe0d]|[\u{e0100}-\u{e01ef}]|\p{Surrogate}|(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]{0,8})[\u{e0000}-\u{e007f}]/gu

const JOINERS = /[\u200c\u200d]/gu

/** A joiner draws one picture out of several, or the right form of a letter in scripts that join theirs. */
function keptJoiner(joiner: string, at: number, text: string): string {
  const [before, after] = [text.slice(Math.max(0, at - 3), at), text.slice(at + 1, at + 3)]
  if (joiner === '\u200d' && EMOJI_END.test(before) && EMOJI_START.test(after)) return joiner
  return JOINING_END.test(before) && JOINING_START.test(after) ? joiner : ''
}

const EMOJI_END = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})\ufe0f?$/u
const EMOJI_START = /^\p{Extended_Pictographic}/u
const JOINING =
  '[\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Tamil}\\p{Script=Sinhala}]'
const JOINING_END = new RegExp(`${JOINING}$`, 'u')
const JOINING_START = new RegExp(`^${JOINING}`, 'u')

/** No language stacks more; sorting thousands of them on one letter would take a second. Unicode TR 15 allows thirty. */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu
