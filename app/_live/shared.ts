import type { AccountActor } from '#app/_auth/actor.ts'
import { snapshotOf } from '#app/_auth/lookup.ts'
import { makeTogether } from './together.ts'
import { makeUnchanged } from './unchanged.ts'

type Asked = { key: string; actor: AccountActor; now: Date }

/**
 * One reading for all who may see the same: while nothing is committed the last one is given again (unchanged.ts), and many who
 * ask at once wait for the same one (together.ts). Its key must tell apart all who may not see the same; `read` is given who
 * they were, by account.
 */
export function makeShared<Answer>() {
  const unchanged = makeUnchanged<Answer>()
  const together = makeTogether<number, Answer>()
  return ({ key, actor, now }: Asked, read: (people: number[]) => Promise<Answer>): Promise<Answer> =>
    unchanged({ key, shown: snapshotOf(actor), now }, () => together(key, actor.accountId, read))
}
