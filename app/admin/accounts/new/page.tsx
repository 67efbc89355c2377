import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormRadios, FormText } from '#app/_doors/fields.tsx'
import { Button } from '#components/button.tsx'
import { type Asked, idOf, one } from '../../asked.ts'
import { Handed } from '../../handed.tsx'
import { AdminHead } from '../../head.tsx'
import { NameField } from '../../name-field.tsx'
import { RoleFields } from '../account-fields.tsx'
import { createAccountAction } from '../actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('new') }
}

/** A new account; its passphrase is read aloud to its holder, who changes it. */
export default async function NewAccountPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('accounts.keep')
  const organisationId = idOf(one(await searchParams, 'organisation'))
  const t = await getTranslations('accounts')
  return (
    <div className="grid gap-6">
      <AdminHead title={t('new')} at="/accounts" />
      <DoorForm action={createAccountAction} name="account" className="grid max-w-3xl gap-5">
        <Handed label={t('handed.passphrase')} hint={t('handed.passphrase_hint')} />
        <div className="grid items-end gap-5 sm:grid-cols-2">
          <NameField label={t('field.name')} hint={t('field.name_hint')} />
          <FormText
            name="email"
            type="email"
            label={t('field.email')}
            hint={t('field.email_hint')}
            required
            most={254}
            autoComplete="off"
          />
        </div>
        <RoleFields
          actor={actor}
          role={organisationId ? 'reporter' : undefined}
          organisationId={organisationId}
        />
        <FormRadios
          name="locale"
          label={t('field.locale')}
          layout="row"
          defaultValue="fr"
          options={[
            { value: 'fr', label: 'Français' },
            { value: 'en', label: 'English' },
          ]}
        />
        <div>
          <Button kind="primary">{t('create')}</Button>
        </div>
      </DoorForm>
      <p>
        <Link href="/admin/accounts">{t('back')}</Link>
      </p>
    </div>
  )
}
