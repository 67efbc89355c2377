import { getTranslations } from 'next-intl/server'
import { FormSelect, FormText } from '#app/_doors/fields.tsx'
import { ORGANISATION_KINDS } from '#db/schema/directory.ts'
import { NameField } from '../name-field.tsx'
import { saveOrganisationAction } from './actions.ts'
import { type Change, RecordForm } from './record-form.tsx'
import { placeOptions, type Territory } from './territories.ts'

type Organisation = {
  id: number
  name: string
  kind: string
  territoryCode: string
  sees: string[]
  version: string
}

/** What an organisation is, where it stands, whose cases it sees. */
export async function OrganisationForm({
  organisation,
  territories,
  change = null,
}: {
  organisation: Organisation | null
  territories: Territory[]
  change?: Change
}) {
  const t = await getTranslations('directory')
  const words = await getTranslations('vocabulary')
  const kinds = ORGANISATION_KINDS.map((kind) => ({ value: kind, label: words(`organisationKind.${kind}`) }))
  const places = placeOptions(territories, (kind) => words(`territoryKind.${kind}`))
  const sees = organisation?.sees.join(' ') ?? ''
  return (
    <RecordForm
      action={saveOrganisationAction}
      name="organisation"
      record={organisation}
      change={change}
      written={[
        { name: 'name', label: t('field.name'), value: organisation?.name ?? '' },
        {
          name: 'kind',
          label: t('field.kind'),
          value: organisation?.kind ?? '',
          words: Object.fromEntries(kinds.map((one) => [one.value, one.label])),
        },
        {
          name: 'territoryCode',
          label: t('field.territoryCode'),
          value: organisation?.territoryCode ?? '',
          words: Object.fromEntries(territories.map((one) => [one.code, one.name])),
        },
        { name: 'sees', label: t('field.sees'), value: sees },
      ]}
    >
      <NameField
        label={t('field.name_organisation')}
        hint={t('field.name_organisation_hint')}
        value={organisation?.name}
      />
      <div className="grid items-end gap-5 sm:grid-cols-2">
        <FormSelect
          name="kind"
          label={t('field.kind')}
          options={kinds}
          empty={t('field.choose')}
          defaultValue={organisation?.kind ?? ''}
          required
        />
        <FormSelect
          name="territoryCode"
          label={t('field.territoryCode')}
          options={places}
          empty={t('field.choose')}
          defaultValue={organisation?.territoryCode ?? ''}
          required
        />
      </div>
      <FormText
        name="sees"
        label={t('field.sees')}
        hint={t('field.sees_hint')}
        defaultValue={sees}
        autoComplete="off"
      />
    </RecordForm>
  )
}
