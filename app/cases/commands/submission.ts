import { createHash } from 'node:crypto'
import type { Actor } from '#app/_auth/actor.ts'
import { exerciseOf } from '#app/_auth/actor.ts'

/**
 * Among whose submissions an id is looked for: an organisation's own, the cell's, an exercise's. A stranger who guesses
 * an id finds nothing, takes nothing away and learns nothing.
 */
export function submissionScope(actor: Actor, ofOrganisation: number | null): string {
  const exercise = exerciseOf(actor)
  const world = exercise === null ? '' : `exercise:${exercise}/`
  return `${world}${ofOrganisation === null ? 'cell' : `organisation:${ofOrganisation}`}`
}

/** What was said, kept short: tells whether the same key comes with the same content. */
export function contentMark(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)
}
