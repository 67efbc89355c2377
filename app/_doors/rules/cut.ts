/** At most so many units of a text, by whole characters: a database takes no half of one. */
export function beginning(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '')
}

/** The same, and a cut is seen. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${beginning(text, most - 1)}…` : text
}
