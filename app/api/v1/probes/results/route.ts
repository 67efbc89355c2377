import { keyDoor } from '#app/_doors/key-door.ts'
import { done } from '#app/_doors/result.ts'
import { sayLines } from '#app/_doors/say.ts'
import { hearProbe } from '#app/fallbacks/commands/probed.ts'
import { batchInput } from '#app/supervision/input.ts'

/** What probes say of their calls, many at once (README, "Test calls"). Sent again it says nothing new. */
export const POST = keyDoor(batchInput, {
  key: 'probe',
  as: 'probes',
  run: async (actor, batch, now) => {
    const result = await hearProbe(actor, batch, now)
    if (!result.ok) return result
    return done({ ...result.value, refused: await sayLines(result.value.refused, 'en') })
  },
})
