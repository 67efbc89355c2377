/**
 * A line of the place that fails cannot be rung to ask what is heard there: which of the directory's numbers a call-back
 * number looks like, the same or of the same block of a hundred. Digits alone are compared, so that a browser may ask too.
 */
export function ownLine(given: string, lines: readonly string[]): string | null {
  const digits = given.replace(/\D/g, '')
  if (digits.length < SHORTEST || isMobile(digits)) return null
  return lines.find((line) => looksAlike(digits, line.replace(/\D/g, ''))) ?? null
}

/** Six digits: a whole number of New Caledonia. */
const SHORTEST = 6
/** A number of the French plan without its country and its zero. */
const WHOLE = 9
/** The last two are told apart inside one switchboard. */
const WITHIN_BLOCK = 2

function looksAlike(a: string, b: string): boolean {
  const [first, second] = [a.slice(-WHOLE), b.slice(-WHOLE)]
  if (first.length < WHOLE || second.length < WHOLE) return second.endsWith(first) || first.endsWith(second)
  return first.slice(0, -WITHIN_BLOCK) === second.slice(0, -WITHIN_BLOCK)
}

/** 6 and 7 in mainland France and overseas; a line of its own, on whatever site its owner works. */
function isMobile(digits: string): boolean {
  return digits.length >= WHOLE && /^[67]/.test(digits.slice(-WHOLE)) && !digits.startsWith('687')
}

/** Those of the directory that stand somewhere: not the mobiles. */
export function fixedLines(phones: readonly (string | null)[]): string[] {
  return phones.filter((phone): phone is string => phone !== null && !isMobile(phone.replace(/\D/g, '')))
}
