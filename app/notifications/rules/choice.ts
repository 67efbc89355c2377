import type { Recipient, Topic } from './recipients.ts'

/** What may be left out; decisions, calls to make and what changes hands are told whoever asks for quiet. */
export const CHOSEN_TOPICS = [
  'new_case',
  'reporter_words',
  'progress',
  'late',
] as const satisfies readonly Topic[]
export type ChosenTopic = (typeof CHOSEN_TOPICS)[number]

/** Above this level nobody chooses not to hear (DOMAIN §4). */
export const CHOICE_UP_TO_LEVEL = 2

/** Told because he holds it, or is named: it is his, and no choice leaves it out. */
const HIS_OWN: ReadonlySet<Recipient> = new Set<Recipient>([
  'holder',
  'main_holder',
  'former_holder',
  'named',
  'named_before',
  'notice_recipients',
])

/** Has this person chosen not to be told this? */
export function leftOut(
  quiet: readonly string[],
  about: Topic,
  level: number | null,
  as: Recipient,
): boolean {
  if (level === null || level > CHOICE_UP_TO_LEVEL || HIS_OWN.has(as)) return false
  return (CHOSEN_TOPICS as readonly Topic[]).includes(about) && quiet.includes(about)
}
