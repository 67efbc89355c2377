import { type AccountActor, may } from '#app/_auth/actor.ts'

/** The same person reading the rows of an exercise, ended or not: for its after-action file, never to act in it. */
export function viewing(actor: AccountActor, exercise: string | null | undefined): AccountActor {
  const id = Number(exercise)
  return may(actor, 'reviews.read') && Number.isSafeInteger(id) && id > 0
    ? { ...actor, exerciseId: id }
    : actor
}
