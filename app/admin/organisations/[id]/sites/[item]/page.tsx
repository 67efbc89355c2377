import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { lastChange, readChoices, readSite } from '#app/directory/queries.ts'
import { ActiveForm } from '../../../active-form.tsx'
import { PartFrame, type PartProps, partOf } from '../../../part-frame.tsx'
import { SiteForm } from './site-form.tsx'

export async function generateMetadata({ params }: PartProps): Promise<Metadata> {
  const t = await getTranslations('directory')
  return { title: (await params).item === 'new' ? t('sites.new') : t('sites.edit') }
}

/** A place where calls arrive. */
export default async function SitePage(props: PartProps) {
  const actor = await requireActor('directory.keep')
  const { organisation, row } = await partOf(actor, props, readSite)
  const t = await getTranslations('directory')
  return (
    <PartFrame
      title={row ? t('sites.edit') : t('sites.new')}
      organisation={organisation}
      active={row?.active}
    >
      <SiteForm
        organisation={organisation}
        site={row}
        choices={await readChoices(actor)}
        change={row && (await lastChange(actor, 'site', row.id))}
      />
      {row && <ActiveForm kind="site" id={row.id} active={row.active} />}
    </PartFrame>
  )
}
