import { keyDoor } from '#app/_doors/key-door.ts'
import { say } from '#app/_doors/say.ts'
import { takeResults } from '#app/supervision/commands/take-results.ts'
import { batchInput } from '#app/supervision/input.ts'

/** What probes say of their calls, many at once (README, "Test calls"). Sent again it says nothing new. */
export const POST = keyDoor(batchInput, {
  key: 'probe',
  as: 'probes',
  run: async (actor, batch, now) => {
    const result = await takeResults(actor, batch, now)
    if (!result.ok) return result
    const { refused, ...counts } = result.value
    const reasons = new Map<string, string>()
    for (const { key } of refused) if (!reasons.has(key)) reasons.set(key, (await say({ key }, 'en')).text)
    return {
      ok: true,
      value: { ...counts, refused: refused.map((one) => ({ ...one, reason: reasons.get(one.key) })) },
    }
  },
})
