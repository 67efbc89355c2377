import { getLocale, getTranslations } from 'next-intl/server'
import { FormBoxes, FormRadios, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { NameField } from '#app/admin/name-field.tsx'
import { communeText } from '#app/directory/communes.ts'
import { SITE_ACCESSES } from '#app/directory/input.ts'
import type { readChoices, readSite } from '#app/directory/queries.ts'
import { saveSiteAction } from '../../../actions.ts'
import { type Change, RecordForm } from '../../../record-form.tsx'
import { placeOptions } from '../../../territories.ts'

type Site = NonNullable<Awaited<ReturnType<typeof readSite>>>

/** Which numbers it answers, over which access, by which operator. */
export async function SiteForm({
  organisation,
  site,
  choices: { territories, numbers },
  change,
}: {
  organisation: { id: number; territoryCode: string }
  site: Site | null
  choices: Awaited<ReturnType<typeof readChoices>>
  change: Change
}) {
  const t = await getTranslations('directory')
  const words = await getTranslations('vocabulary')
  const locale = await getLocale()
  const commune =
    site?.communeCode && site.commune ? communeText({ name: site.commune, code: site.communeCode }) : ''
  const territoryCode = site?.territoryCode ?? organisation.territoryCode
  const accesses = SITE_ACCESSES.map((access) => ({ value: access, label: words(`siteAccess.${access}`) }))
  return (
    <RecordForm
      action={saveSiteAction}
      name="site"
      organisationId={organisation.id}
      record={site}
      change={change}
      written={[
        { name: 'name', label: t('field.name'), value: site?.name ?? '' },
        {
          name: 'territoryCode',
          label: t('field.territoryCode'),
          value: territoryCode,
          words: Object.fromEntries(territories.map((one) => [one.code, one.name])),
        },
        { name: 'communeCode', label: t('field.communeCode'), value: commune },
        { name: 'numbers', label: t('field.numbers_short'), value: site?.numbers.join(' ') ?? '' },
        {
          name: 'access',
          label: t('field.access'),
          value: site?.access ?? '',
          words: Object.fromEntries(accesses.map((one) => [one.value, one.label])),
        },
        { name: 'operator', label: t('field.operator'), value: site?.operator ?? '' },
      ]}
    >
      <NameField label={t('field.name_site')} value={site?.name} />
      <FormBoxes
        name="numbers[]"
        label={t('field.numbers')}
        layout="grid"
        defaultValues={site?.numbers}
        options={numbers.map((one) => ({
          value: one.number,
          label: one.number,
          hint: locale === 'en' ? one.en : one.fr,
        }))}
      />
      <FormRadios
        name="access"
        label={t('field.access')}
        layout="row"
        required
        defaultValue={site?.access ?? 'unknown'}
        options={accesses}
      />
      <FormText
        name="operator"
        label={t('field.operator')}
        hint={t('field.operator_hint')}
        defaultValue={site?.operator ?? ''}
        most={120}
        autoComplete="off"
      />
      <div className="grid items-end gap-5 sm:grid-cols-2">
        <FormSelect
          name="territoryCode"
          label={t('field.territoryCode')}
          options={placeOptions(territories, (kind) => words(`territoryKind.${kind}`))}
          defaultValue={territoryCode}
          required
        />
        <FormText
          name="communeCode"
          label={t('field.communeCode')}
          hint={t('field.communeCode_hint')}
          defaultValue={commune}
          most={120}
          autoComplete="off"
        />
      </div>
    </RecordForm>
  )
}
