import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DataTable } from '#components/data-table.tsx'
import { Notice } from '#components/notice.tsx'
import { Tag } from '#components/tag.tsx'
import { type Asked, one } from '../asked.ts'
import { AdminHead } from '../head.tsx'
import { listTeams } from '../routing/queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('teams.title') }
}

/** Where cases wait, and who takes them there. */
export default async function TeamsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('routing.keep')
  const made = one(await searchParams, 'done') === 'made'
  const teams = await listTeams(actor)
  const t = await getTranslations('accounts')
  return (
    <div className="grid gap-6">
      <AdminHead title={t('teams.title')} at="/teams" add={t('teams.new')} />
      {made && (
        <Notice tone="ok" live>
          {t('done.team_made')}
        </Notice>
      )}
      <p className="max-w-[75ch] text-soft">{t('teams.how')}</p>
      <DataTable
        caption={t('teams.title')}
        rows={teams}
        rowKey={(team) => team.id}
        columns={[
          {
            key: 'name',
            head: t('teams.name'),
            rowHead: true,
            cell: (team) => (
              <span className="flex flex-wrap items-baseline gap-2">
                <Link href={`/admin/teams/${team.id}`} prefetch={false}>
                  {team.name}
                </Link>
                {team.general && <Tag>{t('teams.general')}</Tag>}
                {!team.active && <Tag tone="warn">{t('out')}</Tag>}
              </span>
            ),
          },
          {
            key: 'members',
            head: t('teams.members'),
            cell: (team) => team.members.map((member) => member.name).join(', ') || t('teams.empty'),
          },
          { key: 'rules', head: t('teams.rules'), numeric: true, cell: (team) => team.rules },
        ]}
      />
    </div>
  )
}
