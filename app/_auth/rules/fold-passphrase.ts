/**
 * A passphrase is read aloud at night, typed on a telephone, pasted from a word processor: what the ear cannot tell
 * apart is one passphrase. Capitals, blanks (at the end, doubled, unbreakable), hyphens, apostrophes and quotes are
 * folded when it is set and when it is checked; accents stay, they are heard.
 */
export function foldPassphrase(typed: string): string {
  // Before NFKC and after: it takes some marks apart (″, ´), and makes others out of wide and small forms.
  const plain = marks(marks(typed).normalize('NFKC')).toLowerCase().normalize('NFKC')
  return plain.replace(/\s+/g, ' ').trim()
}

function marks(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\u2018-\u201b\u2032\u02b9\u02bc\u0060\u00b4]/g, "'")
    .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
}
