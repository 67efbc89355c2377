import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { Notice } from '#components/notice.tsx'

/** Above what belongs to no exercise, for whoever is in one: what he changes here, he changes for real. */
export async function RealHere({ actor: { exerciseId } }: { actor: AccountActor }) {
  return exerciseId === null ? null : (
    <Notice tone="warn">{(await getTranslations('drills'))('real_here')}</Notice>
  )
}
