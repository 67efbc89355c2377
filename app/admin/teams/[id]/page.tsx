import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Button } from '#components/button.tsx'
import { Tag } from '#components/tag.tsx'
import { idOf } from '../../asked.ts'
import { lastRoutingChange, listTeams } from '../../routing/queries.ts'
import { AdminTabs } from '../../tabs.tsx'
import { setTeamActiveAction } from '../actions.ts'
import { TeamForm } from '../team-form.tsx'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await teamOf(params)).team.name }
}

/** One team: its name, its people, in use or not. */
export default async function TeamPage({ params }: Props) {
  const { actor, team } = await teamOf(params)
  const change = await lastRoutingChange(actor, 'team', team.id)
  const t = await getTranslations('accounts')
  return (
    <div className="grid gap-6">
      <h1 className="flex flex-wrap items-center gap-3 text-3xl">
        {team.name} {team.general && <Tag>{t('teams.general')}</Tag>}
        {!team.active && <Tag tone="warn">{t('out')}</Tag>}
      </h1>
      <AdminTabs current="/teams" />
      <TeamForm actor={actor} team={team} change={change} />
      {!team.general && (
        <DoorForm
          action={setTeamActiveAction}
          name="active"
          className="grid max-w-3xl gap-2 border-t border-line pt-4"
        >
          <input type="hidden" name="id" value={team.id} />
          <input type="hidden" name="active" value={String(!team.active)} />
          <p className="max-w-[65ch] text-soft">{t('team.out_how', { count: team.rules })}</p>
          <div>
            <Button>{team.active ? t('put_out') : t('put_back')}</Button>
          </div>
        </DoorForm>
      )}
    </div>
  )
}

async function teamOf(params: Props['params']) {
  const actor = await requireActor('routing.keep')
  const id = idOf((await params).id)
  const team = (await listTeams(actor)).find((one) => one.id === id)
  if (!team) notFound()
  return { actor, team }
}
