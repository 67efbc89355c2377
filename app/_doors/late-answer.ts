export type LateAnswer = { text: string; ok: boolean }

const hearers = new Set<(answer: LateAnswer) => void>()

/** What a door answered to a form that its page no longer draws: said above the page (app/_shell/page-answer.tsx). */
export function sayLate(answer: LateAnswer): void {
  for (const hear of hearers) hear(answer)
}

/** Whoever draws late answers; the function returned stops it. */
export function hearLate(hear: (answer: LateAnswer) => void): () => void {
  hearers.add(hear)
  return () => {
    hearers.delete(hear)
  }
}
