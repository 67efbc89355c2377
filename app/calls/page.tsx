import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { requestBegan, requireActor } from '#app/_auth/session.ts'
import { rowId } from '#app/_doors/rules/row-id.ts'
import { Live } from '#app/_live/live-status.tsx'
import { RealHere } from '#app/exercises/_parts/real-here.tsx'
import { mayDial } from '#app/notifications/commands/dial.ts'
import { EmptyState } from '#components/empty-state.tsx'
import { Pagination } from '#components/pagination.tsx'
import { CALL_VIEWS, type CallView, countToCallBack, readCalls, readTelephone } from './queries.ts'
import { CallsTable } from './table.tsx'
import { Telephone } from './telephone.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('calls'))('title') }
}

type Asked = Record<string, string | string[] | undefined>

/** The calls of the hotline: whom to call back first, what rings and is talked now, all of them with what they waited. */
export default async function CallsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('cases.work')
  const asked = await searchParams
  const now = new Date(requestBegan())
  const view: CallView = CALL_VIEWS.find((one) => one === asked.view) ?? 'to_do'
  const before = rowId(asked.before)
  const [{ calls, next }, due, telephone] = [
    await readCalls(actor, view, before),
    await countToCallBack(actor, now),
    await readTelephone(actor),
  ]
  const t = await getTranslations('calls')
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h1 className="text-2xl">{t('title')}</h1>
        <Live cases={[]} events={['call.']} />
      </div>
      <RealHere actor={actor} />
      <nav aria-label={t('views')} className="flex flex-wrap gap-2">
        {CALL_VIEWS.map((one) => (
          <Link
            key={one}
            href={`/calls?view=${one}`}
            prefetch={false}
            aria-current={one === view ? 'page' : undefined}
            className="inline-flex min-h-11 items-center rounded-m border border-edge px-3 no-underline aria-[current]:border-accent aria-[current]:font-bold"
          >
            {t(`view.${one}`, { count: due.due })}
          </Link>
        ))}
      </nav>
      {calls.length > 0 ? (
        <CallsTable
          calls={calls}
          now={now}
          caption={t(`view.${view}`, { count: due.due })}
          dials={await mayDial(actor)}
        />
      ) : (
        <EmptyState icon="ok" title={t(`empty.${view}`)}>
          {t('empty.text')}
        </EmptyState>
      )}
      <Pagination
        label={t('pages')}
        previous={before ? `/calls?view=${view}` : null}
        next={next && view === 'all' ? `/calls?view=all&before=${next}` : null}
        previousLabel={t('newest')}
        nextLabel={t('older')}
      />
      <Link
        href="/calls/letters"
        prefetch={false}
        className="inline-flex min-h-11 items-center justify-self-start"
      >
        {t('letters.link')}
      </Link>
      <Telephone name={telephone} />
    </div>
  )
}
