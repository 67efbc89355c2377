import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ACCOUNT_SCOPES, ALONE_SCOPES, LIFE_DAYS, LONGEST_DAYS } from '#app/_auth/rules/scopes.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormBoxes, FormSelect } from '#app/_doors/fields.tsx'
import { Button } from '#components/button.tsx'
import { FoundField } from '../found-field.tsx'
import { Handed } from '../handed.tsx'
import { AdminHead } from '../head.tsx'
import { NameField } from '../name-field.tsx'
import { listTokens } from '../queries.ts'
import { makeDeviceTokenAction, makeTokenAction } from './actions.ts'
import { TokensTable } from './tokens-table.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('tokens.title') }
}

/** Keys by which the machine of an organisation reports and reads its own cases. */
export default async function TokensPage() {
  const actor = await requireActor('accounts.keep')
  const tokens = await listTokens(actor)
  const t = await getTranslations('accounts')
  return (
    <div className="grid gap-8">
      <AdminHead title={t('tokens.title')} at="/tokens" />
      <section className="grid max-w-3xl gap-4">
        <h2 className="text-xl">{t('tokens.new')}</h2>
        <p className="max-w-[65ch] text-soft">{t('tokens.how')}</p>
        <DoorForm action={makeTokenAction} name="token" className="grid gap-4">
          <Handed label={t('handed.token')} hint={t('handed.token_hint')} />
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <FoundField
              what="account"
              source="/api/accounts"
              initial={null}
              words={{
                label: t('tokens.account'),
                hint: t('tokens.account_hint'),
                none: t('tokens.account_none'),
                found: t.raw('tokens.account_found'),
                remove: t.raw('field.organisation_remove'),
                search: t('tokens.account_search'),
              }}
            />
            <NameField label={t('tokens.name')} hint={t('tokens.name_hint')} />
            <FormBoxes
              name="scopes[]"
              label={t('tokens.scopes')}
              options={ACCOUNT_SCOPES.map((one) => ({ value: one, label: t(`tokens.scope.${one}`) }))}
              defaultValues={[...ACCOUNT_SCOPES]}
            />
            <Life id="life" />
          </div>
          <div>
            <Button kind="primary">{t('tokens.make')}</Button>
          </div>
        </DoorForm>
      </section>
      <section className="grid max-w-3xl gap-4">
        <h2 className="text-xl">{t('tokens.device')}</h2>
        <p className="max-w-[65ch] text-soft">{t('tokens.device_how')}</p>
        <DoorForm action={makeDeviceTokenAction} name="device-token" className="grid gap-4">
          <Handed label={t('handed.token')} hint={t('tokens.device_address')} />
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <FormSelect
              name="scope"
              label={t('tokens.purpose')}
              options={ALONE_SCOPES.map((one) => ({ value: one, label: t(`tokens.scope.${one}`) }))}
              defaultValue="telephony"
            />
            <Life id="device-life" />
            <NameField id="device-name" label={t('tokens.device_name')} hint={t('tokens.device_name_hint')} />
          </div>
          <div>
            <Button>{t('tokens.device_make')}</Button>
          </div>
        </DoorForm>
      </section>
      <TokensTable tokens={tokens} now={new Date(requestTime())} />
    </div>
  )
}

async function Life({ id }: { id: string }) {
  const t = await getTranslations('accounts')
  return (
    <FormSelect
      id={id}
      name="days"
      label={t('tokens.life')}
      options={LIFE_DAYS.map((days) => ({ value: String(days), label: t('tokens.days', { days }) }))}
      defaultValue={String(LONGEST_DAYS)}
    />
  )
}
