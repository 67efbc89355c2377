import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { LinkButton } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { ScopeWords, StageTag } from './_parts/words.tsx'
import { listInstructions } from './queries.ts'
import { WordsTabs } from './tabs.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instructions'))('title') }
}

/** Consignes d'usage: what the public is told to do, by number, calling network and territory. */
export default async function InstructionsPage() {
  const actor = await requireActor('instructions.read')
  const now = new Date(requestTime())
  const [t, words] = [await getTranslations('instructions'), await getTranslations()]
  const all = await listInstructions(actor)
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases={[]} events={['instruction.', 'inbox']} />
      </div>
      <WordsTabs actor={actor} current="/instructions" />
      {may(actor, 'instructions.write') && (
        <div>
          <LinkButton kind="primary" href="/instructions/new">
            {t('write')}
          </LinkButton>
        </div>
      )}
      <DataTable
        caption={t('title')}
        rows={all}
        rowKey={(row) => row.id}
        rowProps={(row) => (row.state === 'in_force' ? { 'data-accent': 'accent' } : {})}
        empty={<EmptyState title={t('none')}>{t('none_explain')}</EmptyState>}
        columns={[
          {
            key: 'what',
            head: t('instruction'),
            rowHead: true,
            cell: (row) => (
              <Link href={`/instructions/${row.id}`} prefetch={false}>
                {t('number', { number: row.number })}
              </Link>
            ),
          },
          {
            key: 'scope',
            head: t('scope'),
            cell: (row) => <ScopeWords one={row} territory={row.territory} />,
          },
          { key: 'todo', head: t('slots.todo'), cell: (row) => row.slots.todo },
          {
            key: 'stage',
            head: t('stage'),
            cell: (row) => (
              <>
                <StageTag stage={row.standing.stage} />
                {row.standing.lacks && (
                  <span className="block text-sm text-soft">
                    {words(row.standing.lacks.key, row.standing.lacks.values)}
                  </span>
                )}
              </>
            ),
          },
          {
            key: 'end',
            head: t('ends'),
            cell: (row) => <Moment at={row.endedAt ?? row.endsAt} now={now} place={row.territoryCode} />,
          },
        ]}
      />
    </div>
  )
}
