import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { AdminHead } from '../../head.tsx'
import { RuleForm } from '../rule-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('routing'))('new') }
}

export default async function NewRulePage() {
  const actor = await requireActor('routing.keep')
  const t = await getTranslations('routing')
  return (
    <div className="grid gap-6">
      <AdminHead title={t('new')} at="/routing" />
      <p className="max-w-[75ch] text-soft">{t('new_how')}</p>
      <RuleForm actor={actor} rule={null} />
    </div>
  )
}
