import type { Metadata } from 'next'
import { requireActor } from '#app/_auth/session.ts'
import { lastChange, readChoices, readSite } from '#app/directory/queries.ts'
import { PartFrame, type PartProps, partMetadata, partOf } from '../../../part-frame.tsx'
import { SiteForm } from './site-form.tsx'

export function generateMetadata(props: PartProps): Promise<Metadata> {
  return partMetadata('sites', props)
}

/** A place where calls arrive. */
export default async function SitePage(props: PartProps) {
  const actor = await requireActor('directory.keep')
  const { organisation, row } = await partOf(actor, props, readSite)
  return (
    <PartFrame noun="sites" organisation={organisation} row={row}>
      <SiteForm
        organisation={organisation}
        site={row}
        choices={await readChoices(actor)}
        change={row && (await lastChange(actor, 'site', row.id))}
      />
    </PartFrame>
  )
}
