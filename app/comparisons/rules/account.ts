/** Stages of a loss on one axis, in minutes from its first failed call. */
export const STAGES = [
  'first_report',
  'detection',
  'cell',
  'authorities',
  'public',
  'workaround',
  'restored',
  'last_residual',
] as const
export type Stage = (typeof STAGES)[number]

export const MEANS = ['line', 'supervision', 'mass_message', 'fallback', 'law'] as const
export type Mean = (typeof MEANS)[number]
export const HAD = ['yes', 'partly', 'no', 'unknown'] as const

type Said = { fr: string; en: string }
/** What is known of one stage: its minute, null when it was not published. */
export type At = { minutes: number | null; doubtful: boolean; said: Said | null }

export type Account = {
  id: string
  name: Said
  /** Told by public facts, by our own journal, or by what rules would have done: the last is a reconstruction. */
  kind: 'public' | 'ours' | 'reconstruction'
  country: string | null
  stages: Record<Stage, At>
  means: Record<Mean, { had: (typeof HAD)[number]; said: Said | null }> | null
  sources: string[]
}

export const UNKNOWN: At = { minutes: null, doubtful: false, said: null }

/** Beside one, so many others: more on one axis are read by nobody [D]. */
export const MOST_OTHERS = 4

export function known(minutes: number | null): At {
  return { minutes, doubtful: false, said: null }
}

/** Where a minute is drawn, 0 to 1: the first hour takes half of the picture, or a long tail would hide it. */
export function placeOnAxis(minutes: number, last: number): number {
  const scale = (value: number) => Math.log1p(Math.max(0, value) / 15)
  return scale(minutes) / scale(Math.max(60, last))
}

/** The marks of the axis that fall within it. */
export const MARKS = [0, 15, 30, 60, 120, 360, 720, 1440, 2880, 5760, 10080]

export function marksUpTo(last: number): number[] {
  return MARKS.filter((minute) => minute <= Math.max(60, last))
}

export function lastMinuteOf(accounts: readonly Account[]): number {
  return Math.max(60, ...accounts.flatMap(({ stages }) => STAGES.map((stage) => stages[stage].minutes ?? 0)))
}

export type Choice = { subject: string; others: string[] }
export type ChoiceVerdict = { ok: true } | { ok: false; key: string; values?: Record<string, number> }

/** One beside at most four others, each once. */
export function judgeChoice({ subject, others }: Choice): ChoiceVerdict {
  if (others.length > MOST_OTHERS)
    return { ok: false, key: 'comparisons.refused.too_many', values: { most: MOST_OTHERS } }
  if (others.includes(subject)) return { ok: false, key: 'comparisons.refused.itself' }
  return { ok: true }
}
