import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { FormSelect } from '#app/_doors/fields.tsx'
import { ROLES } from '#db/schema/account.ts'
import { FoundField } from '../found-field.tsx'
import { organisationOption } from '../found-option.ts'
import { readOrganisationName } from '../search.ts'

/** What an account is, and for whom it speaks: the same in a new one and in a change. */
export async function RoleFields({
  actor,
  role,
  organisationId,
}: {
  actor: AccountActor
  role?: string
  organisationId?: number | null
}) {
  const t = await getTranslations('accounts')
  const words = await getTranslations('vocabulary')
  const written = organisationId ? await readOrganisationName(actor, organisationId) : null
  return (
    <div className="grid items-start gap-5 sm:grid-cols-2">
      <FormSelect
        name="role"
        label={t('field.role')}
        hint={t('field.role_hint')}
        options={ROLES.map((value) => ({ value, label: words(`role.${value}`) }))}
        empty={t('field.choose')}
        defaultValue={role ?? ''}
        required
      />
      <FoundField
        what="organisation"
        source="/api/organisations"
        initial={written && organisationOption(written)}
        words={{
          label: t('field.organisation'),
          hint: t('field.organisation_hint'),
          none: t('field.organisation_none'),
          found: t.raw('field.organisation_found'),
          remove: t.raw('field.organisation_remove'),
          search: t('field.organisation_search'),
        }}
      />
    </div>
  )
}
