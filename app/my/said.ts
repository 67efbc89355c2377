/** Actions whose form is gone once they are done: their answer stands on the page. */
export const OUTLIVED = ['confirm', 'still_failing'] as const
export type Outlived = (typeof OUTLIVED)[number]

export function answeredAt(reference: string, done: Outlived): string {
  return `/my/${encodeURIComponent(reference)}?done=${done}#said`
}

export function readOutlived(done: unknown): Outlived | null {
  return OUTLIVED.find((one) => one === done) ?? null
}
