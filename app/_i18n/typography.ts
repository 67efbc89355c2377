/**
 * A French sentence whose marks never begin a line: the space before `: ; ! ? »` and the one after `«` do not break.
 * Done once where sentences are read, since such a space cannot be seen in the file that holds it.
 */
export function unbroken(sentence: string): string {
  return sentence.replace(/ (?=[:;!?»])/g, NO_BREAK).replace(/« /g, `«${NO_BREAK}`)
}

const NO_BREAK = '\u00a0'
