import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { FormBox, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { NameField } from '#app/admin/name-field.tsx'
import { lastChange, readContact } from '#app/directory/queries.ts'
import { showPhone } from '#app/directory/rules/phone.ts'
import { saveContactAction } from '../../../actions.ts'
import { PartFrame, type PartProps, partMetadata, partOf } from '../../../part-frame.tsx'
import { RecordForm } from '../../../record-form.tsx'

export function generateMetadata(props: PartProps): Promise<Metadata> {
  return partMetadata('contacts', props)
}

/** A person of an organisation, and whether her number authenticates a call. */
export default async function ContactPage(props: PartProps) {
  const actor = await requireActor('directory.keep')
  const { organisation, row } = await partOf(actor, props, readContact)
  const t = await getTranslations('directory')
  const common = await getTranslations('common')
  const posts = organisation.posts
    .filter((post) => post.active || post.id === row?.postId)
    .map((post) => ({ value: String(post.id), label: post.name }))
  const phone = row?.phone ? showPhone(row.phone) : ''
  return (
    <PartFrame noun="contacts" organisation={organisation} row={row}>
      <RecordForm
        action={saveContactAction}
        name="contact"
        organisationId={organisation.id}
        record={row}
        change={row && (await lastChange(actor, 'contact', row.id))}
        written={[
          { name: 'name', label: t('field.name'), value: row?.name ?? '' },
          {
            name: 'postId',
            label: t('field.post'),
            value: String(row?.postId ?? ''),
            words: Object.fromEntries(posts.map((post) => [post.value, post.label])),
          },
          { name: 'phone', label: t('field.phone'), value: phone },
          { name: 'email', label: t('field.email'), value: row?.email ?? '' },
          {
            name: 'callBack',
            label: t('field.callBack'),
            value: row?.callBack ? 'on' : '',
            words: { on: common('yes') },
          },
        ]}
      >
        <div className="grid items-end gap-5 sm:grid-cols-2">
          <NameField label={t('field.name_contact')} value={row?.name} />
          <FormSelect
            name="postId"
            label={t('field.post')}
            options={posts}
            empty={t('field.no_post')}
            defaultValue={String(row?.postId ?? '')}
          />
          <FormText
            name="phone"
            type="tel"
            label={t('field.phone')}
            hint={t('field.phone_hint')}
            defaultValue={phone}
            autoComplete="off"
          />
          <FormText
            name="email"
            type="email"
            label={t('field.email')}
            defaultValue={row?.email ?? ''}
            autoComplete="off"
          />
        </div>
        <FormBox
          name="callBack?"
          label={t('field.callBack')}
          hint={t('field.callBack_hint')}
          defaultChecked={row?.callBack ?? false}
        />
      </RecordForm>
    </PartFrame>
  )
}
