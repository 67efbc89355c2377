import { apiDoor } from '#app/_doors/api.ts'
import { done } from '#app/_doors/result.ts'
import { sayLines } from '#app/_doors/say.ts'
import { announceWorks } from '#app/works/commands/announce.ts'
import { worksBatch } from '#app/works/input.ts'

/** Works announced by a machine of the operator: each line kept, or named with its reason. */
export const POST = apiDoor(
  worksBatch,
  async (actor, { works }, now) => {
    const told = await announceWorks(
      actor,
      works.map((raw, index) => ({ line: index + 1, raw })),
      now,
    )
    if (!told.ok) return told
    return done({ ...told.value, refused: await sayLines(told.value.refused, actor.locale) })
  },
  { may: 'works.announce', scope: 'update', spends: 'change_by_token' },
)
