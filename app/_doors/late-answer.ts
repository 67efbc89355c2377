const hearers = new Set<(refusal: string) => void>()

/** What a door refused to a form that its page no longer draws: said above the page (app/_shell/page-answer.tsx). */
export function sayLate(refusal: string): void {
  for (const hear of hearers) hear(refusal)
}

/** Whoever draws late refusals; the function returned stops it. */
export function hearLate(hear: (refusal: string) => void): () => void {
  hearers.add(hear)
  return () => {
    hearers.delete(hear)
  }
}
