import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Live } from '#app/_live/live-status.tsx'
import { idOf } from '#app/admin/asked.ts'
import { PrintButton } from '#components/print-button.tsx'
import { Accesses } from '../_parts/accesses.tsx'
import { Blockers } from '../_parts/blockers.tsx'
import { Checklist } from '../_parts/checklist.tsx'
import { History } from '../_parts/history.tsx'
import { Plan } from '../_parts/plan.tsx'
import { Steps } from '../_parts/steps.tsx'
import { Summary } from '../_parts/summary.tsx'
import { readMove } from '../queries.ts'

type Props = { params: Promise<{ site: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('migration'))('title') }
}

/** One site from the switched network to IP: its accesses, its steps and their tests, what blocks, its letter, its history. */
export default async function SitePage({ params }: Props) {
  const actor = await requireActor('migration.read')
  const now = new Date(requestTime())
  const move = await readMove(actor, idOf((await params).site) ?? 0, now)
  if (!move) notFound()
  const t = await getTranslations('migration')
  const works = may(actor, 'migration.work')
  const { site } = move
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <p data-screen-only>
            <Link href="/migration" prefetch={false}>
              {t('title')}
            </Link>
          </p>
          <h1 className="text-3xl">{site.name}</h1>
          <p className="text-soft">
            {site.organisation} · {site.territory ?? site.territoryCode}
            {site.commune && ` · ${site.commune}`} · {site.numbers.join(' · ')}
          </p>
        </div>
        <div className="flex items-center gap-3" data-screen-only>
          <Live cases={[]} events={['migration.']} />
          <PrintButton>{t('print_letter')}</PrintButton>
        </div>
      </div>
      <Summary move={move} now={now} />
      <Plan move={move} works={works} now={now} />
      <Accesses move={move} works={works} now={now} />
      <Steps move={move} works={works} now={now} />
      <Blockers move={move} works={works} now={now} />
      <Checklist move={move} works={works} />
      {move.history && <History history={move.history} now={now} />}
    </div>
  )
}
