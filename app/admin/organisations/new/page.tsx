import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { readChoices } from '#app/directory/queries.ts'
import { AdminHead } from '../../head.tsx'
import { OrganisationForm } from '../organisation-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('directory'))('organisations.new') }
}

export default async function NewOrganisationPage() {
  const actor = await requireActor('directory.keep')
  const { territories } = await readChoices(actor)
  const t = await getTranslations('directory')
  return (
    <div className="grid gap-6">
      <AdminHead title={t('organisations.new')} at="/organisations" />
      <OrganisationForm organisation={null} territories={territories} />
    </div>
  )
}
