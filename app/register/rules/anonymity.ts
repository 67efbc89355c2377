import type { Loss } from './record.ts'

/** What is hidden, each by itself: the operator behind its role, the département behind its zone, hours behind how long they took. */
export type Anonymity = { operator: boolean; territory: boolean; hours: boolean }
export const OPEN: Anonymity = { operator: false, territory: false, hours: false }
export const ANONYMITY_FIELDS = ['operator', 'territory', 'hours'] as const

export function hiding(asked: (field: keyof Anonymity) => boolean): Anonymity {
  return { operator: asked('operator'), territory: asked('territory'), hours: asked('hours') }
}

/** With fewer, the record names its operator whatever it leaves out [D]: of two, each knows it was the other. */
export const FEWEST_OPERATORS = 3

export type Verdict = { ok: true } | { ok: false; key: string; values?: Record<string, string | number> }

/** The record as its reader would see it. What is free text may name anybody: with the operator hidden, it is left out. */
export function anonymised(loss: Loss, hide: Anonymity): Loss {
  const hidden = { ...loss, sources: [...loss.sources] }
  if (hide.operator) {
    hidden.operator = { name: null, role: loss.operator.role }
    hidden.impact = { ...loss.impact, words: null }
    hidden.detection = { ...loss.detection, words: null }
    hidden.authorities = { ...loss.authorities, words: null }
    hidden.cause = { ...loss.cause, words: null }
    hidden.fallback = { ...loss.fallback, words: null }
    hidden.consequence = null
    hidden.learned = loss.learned
    hidden.sources = []
    hidden.doubts = loss.doubts.map(({ field }) => ({ field, why: '–' }))
  }
  if (hide.territory) hidden.territory = { ...loss.territory, words: null }
  if (hide.hours) {
    const year = loss.times.began.at?.slice(0, 4) ?? null
    hidden.times = {
      began: { at: year, precision: 'relative' },
      ended: { at: null, precision: 'relative' },
    }
  }
  return hidden
}

/**
 * May it leave like this? While the operator is hidden, at least three operators of the register must match all that is still
 * said of it: country, role, and the zone when it is not the whole country. And no free text that stays may name it.
 */
export function judgeAnonymity(loss: Loss, hide: Anonymity, register: readonly Loss[]): Verdict {
  if (!hide.operator) return { ok: true }
  const shown = anonymised(loss, hide)
  const names = new Set(
    [...register, loss].flatMap((one) =>
      one.operator.name && matches(one, shown) ? [fold(one.operator.name)] : [],
    ),
  )
  if (names.size < FEWEST_OPERATORS)
    return {
      ok: false,
      key: 'register.refused.too_few',
      values: { count: names.size, least: FEWEST_OPERATORS },
    }
  const named = loss.operator.name && shown.learned && fold(shown.learned).includes(fold(loss.operator.name))
  if (named) return { ok: false, key: 'register.refused.named_in_text' }
  return { ok: true }
}

/** Could `one` be the record that reads like `shown`? Everything that still stands there must be so of it. */
function matches(one: Loss, shown: Loss): boolean {
  if (one.country !== shown.country || one.operator.role !== shown.operator.role) return false
  if (shown.territory.words !== null) return one.territory.words === shown.territory.words
  return shown.territory.zone === null || one.territory.zone === shown.territory.zone
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
}
