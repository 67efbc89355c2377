import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { Icon } from '#components/icon.tsx'
import { callerName } from './caller-name.ts'
import { callerWords } from './caller-words.ts'
import { countToCallBack, readCalls } from './queries.ts'

/** So many are named; the others are counted. */
const NAMED = 3

/** Who called and nobody answered: on the queue, one line, because what they have to say is no case yet. */
export async function MissedCalls({ actor, now }: { actor: AccountActor; now: Date }) {
  const { due, late } = await countToCallBack(actor, now)
  if (due === 0) return null
  const [t, words] = [await getTranslations('calls'), await callerWords()]
  const { calls } = await readCalls(actor, 'to_do', null, NAMED)
  return (
    <p
      data-missed-calls
      className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 rounded-m border border-line border-l-[6px] border-l-danger bg-raised px-3 py-1.5 text-sm sm:h-10 sm:flex-nowrap sm:overflow-hidden sm:whitespace-nowrap"
    >
      <span className="font-bold">
        <Icon name="phone" className="mr-1 inline size-5" />
        {t('due.some', { count: due })}
        {late > 0 && <span className="text-danger"> {t('due.late', { count: late })}</span>}
      </span>
      <span className="min-w-0 truncate">{calls.map((call) => callerName(call, words)).join(' · ')}</span>
      <Link href="/calls" prefetch={false} className="font-semibold">
        {t('due.open')}
      </Link>
    </p>
  )
}
