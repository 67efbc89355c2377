import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { FormSelect } from '#app/_doors/fields.tsx'
import type { OptionGroup } from '#components/field.tsx'
import { ROLES } from '#db/schema/account.ts'
import { ORGANISATION_KINDS } from '#db/schema/directory.ts'
import { organisationChoices } from '../queries.ts'

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
  const organisations = await organisationChoices(actor)
  const groups: OptionGroup[] = ORGANISATION_KINDS.map((kind) => ({
    label: words(`organisationKind.${kind}`),
    options: organisations
      .filter((one) => one.kind === kind)
      .map((one) => ({ value: String(one.id), label: one.name })),
  })).filter(({ options }) => options.length > 0)
  return (
    <div className="grid items-end gap-5 sm:grid-cols-2">
      <FormSelect
        name="role"
        label={t('field.role')}
        hint={t('field.role_hint')}
        options={ROLES.map((value) => ({ value, label: words(`role.${value}`) }))}
        empty={t('field.choose')}
        defaultValue={role ?? ''}
        required
      />
      <FormSelect
        name="organisationId"
        label={t('field.organisation')}
        hint={t('field.organisation_hint')}
        options={groups}
        empty={t('field.no_organisation')}
        defaultValue={organisationId ? String(organisationId) : ''}
      />
    </div>
  )
}
