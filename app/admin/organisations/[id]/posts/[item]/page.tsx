import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { NameField } from '#app/admin/name-field.tsx'
import { lastChange, readPost } from '#app/directory/queries.ts'
import { savePostAction } from '../../../actions.ts'
import { PartFrame, type PartProps, partMetadata, partOf } from '../../../part-frame.tsx'
import { RecordForm } from '../../../record-form.tsx'

export function generateMetadata(props: PartProps): Promise<Metadata> {
  return partMetadata('posts', props)
}

/** A post: the chair, whoever sits in it tonight. */
export default async function PostPage(props: PartProps) {
  const actor = await requireActor('directory.keep')
  const { organisation, row } = await partOf(actor, props, readPost)
  const t = await getTranslations('directory')
  return (
    <PartFrame noun="posts" organisation={organisation} row={row}>
      <RecordForm
        action={savePostAction}
        name="post"
        organisationId={organisation.id}
        record={row}
        change={row && (await lastChange(actor, 'post', row.id))}
        written={[{ name: 'name', label: t('field.name'), value: row?.name ?? '' }]}
      >
        <NameField label={t('field.name_post')} hint={t('field.name_post_hint')} value={row?.name} />
      </RecordForm>
    </PartFrame>
  )
}
