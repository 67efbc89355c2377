import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { NameField } from '#app/admin/name-field.tsx'
import { lastChange, readPost } from '#app/directory/queries.ts'
import { savePostAction } from '../../../actions.ts'
import { ActiveForm } from '../../../active-form.tsx'
import { PartFrame, type PartProps, partOf } from '../../../part-frame.tsx'
import { RecordForm } from '../../../record-form.tsx'

export async function generateMetadata({ params }: PartProps): Promise<Metadata> {
  const t = await getTranslations('directory')
  return { title: (await params).item === 'new' ? t('posts.new') : t('posts.edit') }
}

/** A post: the chair, whoever sits in it tonight. */
export default async function PostPage(props: PartProps) {
  const actor = await requireActor('directory.keep')
  const { organisation, row } = await partOf(actor, props, readPost)
  const t = await getTranslations('directory')
  return (
    <PartFrame
      title={row ? t('posts.edit') : t('posts.new')}
      organisation={organisation}
      active={row?.active}
    >
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
      {row && <ActiveForm kind="post" id={row.id} active={row.active} />}
    </PartFrame>
  )
}
