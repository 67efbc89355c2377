import type { Tone } from '#components/tag.tsx'
import type { CaseState, Level } from '#db/schema/cases.ts'

export const LEVEL_TONE: Record<Level, Tone> = { 1: 'n1', 2: 'n2', 3: 'n3', 4: 'n4' }

/** Amber where the next word is the reporter's. */
export const STATE_TONE: Record<CaseState, Tone> = {
  received: 'info',
  acknowledged: 'accent',
  checking: 'accent',
  diagnosed: 'accent',
  workaround: 'accent',
  waiting_reporter: 'warn',
  restored: 'warn',
  confirmed: 'ok',
  closed: 'neutral',
  duplicate: 'neutral',
  out_of_scope: 'neutral',
}
