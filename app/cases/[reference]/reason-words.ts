import type { Reason } from '#app/_doors/result.ts'
import { say } from '#app/_doors/say.ts'

/** Reasons that rules gave, in the reader's words; an old key without words any more is shown as it is. */
export async function reasonWords(reasons: Reason[]): Promise<string[]> {
  return Promise.all(reasons.map(async (reason) => (await say(reason)).text))
}
