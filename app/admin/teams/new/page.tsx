import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { AdminHead } from '../../head.tsx'
import { TeamForm } from '../team-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('teams.new') }
}

export default async function NewTeamPage() {
  const actor = await requireActor('routing.keep')
  const t = await getTranslations('accounts')
  return (
    <div className="grid gap-6">
      <AdminHead title={t('teams.new')} at="/teams" />
      <TeamForm actor={actor} team={null} />
    </div>
  )
}
