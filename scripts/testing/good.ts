import type { Result } from '#app/_doors/result.ts'

/** What a command gave; a refusal fails the test by its reason. */
export async function good<T>(result: Promise<Result<T>>): Promise<T> {
  const answered = await result
  if (!answered.ok) throw new Error(answered.reason.key)
  return answered.value
}
