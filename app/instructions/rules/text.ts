import { nameKey } from '#app/directory/rules/name-key.ts'
import { ROOM, smsOf } from '#app/notifications/rules/sms.ts'
import { SLOTS, type Slot, type Slots } from '#db/reference/vocabulary.ts'
import { BY_NAME, JARGON } from './jargon.ts'

/** What a public text may hold on each channel. */
export const LIMITS = {
  /** A mass public alert of the State (FR-Alert, guide de rédaction): one screen of a telephone; the most a network carries. */
  alertRecommended: 360,
  alertMost: 1_395,
  /** Parts of a short message: four are read to their end; each one more is paid by everybody and may come alone. [D] */
  smsParts: 4,
} as const

export type Fault = { slot: Slot | 'allClear'; key: string; values?: Record<string, string | number> }

/** The five slots as one text, in the order in which they are read. */
export function textOf(slots: Slots): string {
  const ended = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`)
  const { who, fails, where, todo, until } = slots
  return `${who} : ${ended(`${fails} (${where})`)} ${ended(todo)} ${ended(until)}`
}

/** What each channel makes of it. */
export function meter(text: string) {
  const { alphabet, parts } = smsOf(text, 0)
  return {
    characters: text.length,
    sms: { alphabet, parts: parts.length, room: ROOM[alphabet][parts.length > 1 ? 'part' : 'alone'] },
    alert: {
      recommended: text.length <= LIMITS.alertRecommended,
      possible: text.length <= LIMITS.alertMost,
    },
    ease: readingEase(text),
  }
}

/**
 * Why these words may not be said; empty when they may. `failing`: every number that does not answer there, the one of this
 * text first.
 */
export function faultsOf(slots: Slots, allClear: string, failing: readonly string[]): Fault[] {
  const said: [Fault['slot'], string][] = [...SLOTS.map((slot) => [slot, slots[slot]] as [Slot, string])]
  said.push(['allClear', allClear])
  const faults = said.flatMap(([slot, text]) => ofWords(slot, text))
  const dead = failing.find((number) => says(slots.todo, number))
  if (dead) faults.push({ slot: 'todo', key: 'instructions.refused.says_failing', values: { number: dead } })
  const { characters, sms } = meter(textOf(slots))
  if (characters > LIMITS.alertMost)
    faults.push({
      slot: 'todo',
      key: 'instructions.refused.too_long',
      values: { length: characters, most: LIMITS.alertMost },
    })
  else if (sms.parts > LIMITS.smsParts)
    faults.push({
      slot: 'todo',
      key: 'instructions.refused.too_many_parts',
      values: { parts: sms.parts, most: LIMITS.smsParts },
    })
  return faults
}

/** Why this text may not be said outside, word by word; null when it may. */
export function faultOfText(text: string): Fault | null {
  return ofWords('todo', text)[0] ?? null
}

function ofWords(slot: Fault['slot'], text: string): Fault[] {
  if (text.trim() === '') return [{ slot, key: 'instructions.refused.empty_slot' }]
  if (/fr[\s\u00a0\u202f-]*alert/iu.test(text)) return [{ slot, key: 'instructions.refused.fr_alert' }]
  const word = JARGON.map((one) => wholly(one).exec(text)?.[0]).find(Boolean)
  if (word) return [{ slot, key: 'instructions.refused.jargon', values: { word } }]
  // « le 1 5 » is read as two numbers by a voice, and by whoever hears it.
  const parted = Object.keys(BY_NAME).find((number) => new RegExp(inFigures(number, '+'), 'u').test(text))
  if (parted) return [{ slot, key: 'instructions.refused.parted_number', values: { number: parted } }]
  return []
}

function wholly(word: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\d])${word}(?![\\p{L}\\d])`, 'iu')
}

const GAP = '[\\s\\u00a0\\u202f.\\-/]'

/** The figures of a number, with so many gaps between them, and no figure before nor after. */
function inFigures(number: string, gaps: '*' | '+'): string {
  return `(?<!\\d${GAP}?)${[...number].join(GAP + gaps)}(?!${GAP}?\\d)`
}

/** In figures, parted or not, or in letters: « quinze », « cent douze », « fifteen ». An hour or a duration is none. */
function says(text: string, number: string): boolean {
  const figures = new RegExp(`${inFigures(number, '*')}(?!\\s*(?:h|min|heures?|minutes?|%)(?!\\p{L}))`, 'u')
  const plain = text.toLowerCase().replace(/[-\u00a0\u202f]/g, ' ')
  return (
    figures.test(text) ||
    (BY_NAME[number] ?? []).some((name) => new RegExp(`(?<!\\p{L})${name}(?!\\p{L})`, 'u').test(plain))
  )
}

/**
 * Reading ease of French (Kandel and Moles, 1958): 207 − 1.015 × words a sentence − 73.6 × syllables a word; above 60 a
 * text is easy, under 30 it is for specialists. Syllables are groups of vowels, a last silent e aside.
 */
export function readingEase(text: string): number {
  const sentences = text.split(/[.!?…]+(?=\s|$)/).filter((one) => /\p{L}/u.test(one)).length || 1
  const words = text.match(/[\p{L}’']+|\d+/gu) ?? []
  if (words.length === 0) return 0
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  const score = 207 - 1.015 * (words.length / sentences) - 73.6 * (syllables / words.length)
  return Math.max(0, Math.min(100, Math.round(score)))
}

function syllablesOf(word: string): number {
  if (/^\d/.test(word)) return Math.min(word.length, 3)
  const plain = word.toLowerCase().replace(/(?<=\p{L}{2})(?:es|e|ent)$/u, '')
  return Math.max(1, plain.match(/[aeiouyàâäéèêëîïôöùûüœæ]+/gu)?.length ?? 0)
}

/** What the new text says otherwise than the one it cancels, slot by slot. */
export function differences(before: Slots, after: Slots): { slot: Slot; before: string; after: string }[] {
  return SLOTS.filter((slot) => nameKey(before[slot]) !== nameKey(after[slot])).map((slot) => ({
    slot,
    before: before[slot],
    after: after[slot],
  }))
}
