/** Every message of an exercise begins and ends with it (DOMAIN §7); the same in every language. */
export const MARKER = 'EXERCICE EXERCICE EXERCICE'

/** A message as it is shown or sent: marked on both ends when it comes from an exercise, and marked once. */
export function marked(text: string, exerciseId: number | null): string {
  if (exerciseId === null || (text.startsWith(MARKER) && text.endsWith(MARKER))) return text
  return `${MARKER}\n${text}\n${MARKER}`
}
