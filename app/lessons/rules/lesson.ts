export type LessonState = 'open' | 'proved' | 'closed'
export type LessonFacts = {
  state: LessonState
  dueOn: string
  proof: string | null
  exerciseId: number | null
}
export type Verdict = { ok: true } | { ok: false; key: string }

const NEXT: Record<LessonState, readonly LessonState[]> = {
  open: ['proved'],
  proved: ['closed', 'open'],
  closed: ['open'],
}

/** Nothing is closed that is not proved, and nothing is proved by saying so: by words an inspector can follow, or by a drill that ran. */
export function judgeLesson(lesson: LessonFacts, to: LessonState): Verdict {
  if (!NEXT[lesson.state].includes(to)) return { ok: false, key: 'lessons.refused.not_there' }
  if (to === 'proved' && !lesson.proof && lesson.exerciseId === null)
    return { ok: false, key: 'lessons.refused.no_proof' }
  return { ok: true }
}

export function lessonMoves(state: LessonState): readonly LessonState[] {
  return NEXT[state]
}

/** Overdue from the day after its due date, until it is closed: proved is not yet read by anybody. */
export function isOverdue({ state, dueOn }: Pick<LessonFacts, 'state' | 'dueOn'>, today: string): boolean {
  return state !== 'closed' && today > dueOn
}
