import type { Reality } from './drill.ts'

/** What a run measures, that history may have an hour for. */
export type Measure = 'first_qualifying' | 'crisis_proposed' | 'crisis_active' | 'authority_notice'

export type Milestone = {
  key: string
  /** Minutes of the drill; null: not published. */
  offsetMin: number | null
  /** The hour in the words of the source. */
  at: string | null
  precision: string | null
  /** Where it is published. */
  sources: string[]
  measure: Measure | null
}

/** The dated facts of `reality`, in the order of their minute; those without one last. What is only a remark is left out. */
export function milestonesOf(reality: Reality): Milestone[] {
  const dated = Object.entries(reality).flatMap(([key, value]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    const { offset_min, at, precision, source } = value as Record<string, unknown>
    const offsetMin = typeof offset_min === 'number' ? offset_min : null
    if (offsetMin === null && typeof at !== 'string') return []
    const sources = [source].flat().filter((one): one is string => typeof one === 'string')
    return [{ key, offsetMin, at: words(at), precision: words(precision), sources, measure: measureOf(key) }]
  })
  return dated.sort((a, b) => (a.offsetMin ?? Number.MAX_VALUE) - (b.offsetMin ?? Number.MAX_VALUE))
}

/** Which measure of the run stands beside a milestone; the files name theirs freely. */
export function measureOf(key: string): Measure | null {
  if (/interministerial|government_crisis|state_crisis/.test(key)) return null
  if (/crisis_(cell|room|team|unit)|war_room|gold_command/.test(key)) return 'crisis_active'
  if (
    /(authorit|government|ministr|regulator|state)\w*_(informed|told|notified|notice)|(informed|told|notified)\w*_(authorit|government|ministr|regulator)/.test(
      key,
    )
  )
    return 'authority_notice'
  if (/^operator\w*_(recogni[sz]ed|understood|aware|realised|realized)/.test(key)) return 'crisis_proposed'
  if (/^first_(stakeholder|report|complaint|call)/.test(key)) return 'first_qualifying'
  return null
}

function words(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
