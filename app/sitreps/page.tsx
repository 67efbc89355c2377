import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Live } from '#app/_live/live-status.tsx'
import { CellTabs } from '#app/cell/tabs.tsx'
import { AddressedToUs } from './authority-list.tsx'
import { CellList } from './cell-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sitreps'))('title') }
}

/** Points de situation: the cell writes and follows them; an authority reads and acknowledges those addressed to it. */
export default async function SitrepsPage() {
  const actor = await requireActor('notices.read')
  const now = new Date(requestTime())
  const t = await getTranslations('sitreps')
  return (
    <div className="grid gap-8">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases={[]} events={['notice.', 'incident.', 'inbox']} />
      </div>
      {may(actor, 'cell.watch') ? (
        <>
          <CellTabs current="sitreps" />
          <CellList actor={actor} now={now} />
        </>
      ) : (
        <>
          <AddressedToUs actor={actor} now={now} />
          {actor.organisationId && (
            <Link
              href="/sitreps/subscriptions"
              prefetch={false}
              className="inline-flex min-h-11 items-center justify-self-start"
            >
              {t('subscriptions.link')}
            </Link>
          )}
        </>
      )}
    </div>
  )
}
