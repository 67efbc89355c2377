import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormRadios, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { SharedDevice } from '#app/_offline/shared-device.tsx'
import { showPhone } from '#app/directory/rules/phone.ts'
import { Choice } from '#app/inbox/choice.tsx'
import { readQuiet } from '#app/notifications/queries.ts'
import { Button } from '#components/button.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { changeProfileAction } from './actions.ts'
import { ChangePassphrase } from './change-passphrase.tsx'
import { OwnData } from './own-data.tsx'
import { readProfile } from './queries.ts'
import { Sessions } from './sessions.tsx'
import { Ways } from './ways.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('profile.title') }
}

/** Oneself: what the others read of one, what one is told, how one signs in, and where one is signed in now. */
export default async function ProfilePage() {
  const actor = await requireActor('account.own')
  const now = new Date(requestTime())
  const profile = await readProfile(actor)
  if (!profile) notFound()
  const [t, common, words] = [
    await getTranslations('accounts'),
    await getTranslations('common'),
    await getTranslations('vocabulary'),
  ]
  return (
    <div className="mx-auto grid max-w-3xl gap-8">
      <h1 className="text-3xl">{t('profile.title')}</h1>
      <DescriptionList
        items={[
          { term: t('field.email'), value: profile.email },
          { term: t('field.role'), value: words(`role.${profile.role}`) },
          { term: t('field.organisation'), value: profile.organisation },
        ]}
      />
      <p className="text-sm text-soft">{t('profile.theirs')}</p>
      <DoorForm action={changeProfileAction} name="profile" className="grid gap-4">
        <FormText
          name="name"
          label={t('field.name')}
          mark={common('required')}
          defaultValue={profile.name}
          autoComplete="name"
        />
        {profile.posts.length > 0 && (
          <FormSelect
            name="postId"
            label={t('field.post')}
            empty={t('field.no_post')}
            defaultValue={String(profile.postId ?? '')}
            options={profile.posts.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
        )}
        <FormText
          name="phone"
          type="tel"
          label={t('profile.phone')}
          hint={t('profile.phone_hint')}
          defaultValue={showPhone(profile.phone ?? '')}
          autoComplete="tel"
        />
        <FormRadios
          name="locale"
          layout="row"
          label={t('profile.locale')}
          defaultValue={profile.locale}
          options={(['fr', 'en'] as const).map((value) => ({ value, label: t(`profile.locales.${value}`) }))}
        />
        <div>
          <Button kind="primary">{t('profile.save')}</Button>
        </div>
      </DoorForm>
      <section aria-labelledby="told" className="grid gap-2">
        <h2 id="told" className="text-xl">
          {t('profile.told')}
        </h2>
        <Choice actor={actor} quiet={await readQuiet(actor)} />
      </section>
      <ClientWords of={['auth']}>
        <Ways actor={actor} now={now} />
      </ClientWords>
      <ChangePassphrase />
      <Sessions actor={actor} now={now} />
      <ClientWords of={['kept']}>
        <SharedDevice />
      </ClientWords>
      <OwnData />
    </div>
  )
}
