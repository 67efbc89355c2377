import { getLocale, getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { FormBoxes, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { readChoices } from '#app/directory/queries.ts'
import { NameField } from '../name-field.tsx'
import { type Change, RecordForm } from '../organisations/record-form.tsx'
import { placeOptions } from '../organisations/territories.ts'
import { cellPeople } from '../queries.ts'
import { saveRuleAction } from './actions.ts'
import { kindWord, REPORTER_KINDS } from './conditions.ts'
import { type ListedRule, listTeams } from './queries.ts'

/** Room for some people; always for all whom the rule names, and one more. */
const LEAST_PLACES = 4

/** What a rule takes, and where it sends it. Nothing ticked in a condition: any. */
export async function RuleForm({
  actor,
  rule,
  change = null,
}: {
  actor: AccountActor
  rule: ListedRule | null
  change?: Change
}) {
  const [{ territories, numbers }, teams, people] = [
    await readChoices(actor),
    await listTeams(actor),
    await cellPeople(actor),
  ]
  const t = await getTranslations('routing')
  const words = await getTranslations('vocabulary')
  const [kind, locale] = [await kindWord(), await getLocale()]
  const places = placeOptions(territories, (one) => words(`territoryKind.${one}`))
  const named = rule?.assigneeOrder ?? []
  const order = Array.from({ length: Math.max(LEAST_PLACES, named.length + 1) }, (_, place) => ({
    name: `assigneeOrder.${place}`,
    label: t('field.place', { n: place + 1 }),
    value: String(named[place] ?? ''),
  }))
  const names = Object.fromEntries(people.map((one) => [String(one.id), one.name]))
  const list = (values: readonly (string | number)[] | undefined) => (values ?? []).join(' ')
  return (
    <RecordForm
      action={saveRuleAction}
      name="rule"
      record={rule}
      change={change}
      written={[
        { name: 'name', label: t('field.name'), value: rule?.name ?? '' },
        { name: 'territories', label: t('field.territories'), value: list(rule?.territories) },
        { name: 'numbers', label: t('field.numbers'), value: list(rule?.numbers) },
        { name: 'levels', label: t('field.levels'), value: list(rule?.levels) },
        { name: 'reporterKinds', label: t('field.kinds'), value: list(rule?.reporterKinds) },
        {
          name: 'teamId',
          label: t('team'),
          value: String(rule?.teamId ?? ''),
          words: Object.fromEntries(teams.map((one) => [String(one.id), one.name])),
        },
        ...order.map((place) => ({ ...place, words: names })),
      ]}
    >
      <NameField label={t('field.name')} hint={t('field.name_hint')} value={rule?.name} />
      <div className="grid gap-2">
        <FormText
          name="territories"
          label={t('field.territories')}
          hint={t('field.territories_hint')}
          defaultValue={list(rule?.territories)}
          autoComplete="off"
        />
        <details>
          <summary className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">
            {t('field.codes')}
          </summary>
          <div className="grid gap-3 text-sm">
            {places.map((group) => (
              <p key={group.label}>
                <strong>{group.label}</strong>
                {locale === 'fr' ? ' : ' : ': '}
                {group.options.map((option) => option.label).join(', ')}
              </p>
            ))}
          </div>
        </details>
      </div>
      <FormBoxes
        name="numbers[]"
        label={t('field.numbers')}
        hint={t('field.any')}
        layout="row"
        options={numbers.map(({ number }) => ({ value: number, label: number }))}
        defaultValues={rule?.numbers}
      />
      <FormBoxes
        name="levels[]"
        label={t('field.levels')}
        hint={t('field.any')}
        layout="row"
        options={([1, 2, 3, 4] as const).map((level) => ({
          value: String(level),
          label: words(`level.${level}`),
        }))}
        defaultValues={rule?.levels.map(String)}
      />
      <FormBoxes
        name="reporterKinds[]"
        label={t('field.kinds')}
        hint={t('field.any')}
        options={REPORTER_KINDS.map((value) => ({ value, label: kind(value) }))}
        defaultValues={rule?.reporterKinds}
      />
      <FormSelect
        name="teamId"
        label={t('field.team')}
        options={teams
          .filter((one) => one.active || one.id === rule?.teamId)
          .map((one) => ({ value: String(one.id), label: one.name }))}
        empty={t('field.choose')}
        defaultValue={String(rule?.teamId ?? '')}
        required
      />
      <fieldset>
        <legend className="font-semibold">{t('field.order')}</legend>
        <p className="mt-0.5 max-w-[65ch] text-sm text-soft">{t('field.order_hint')}</p>
        <div className="mt-2 grid gap-3 sm:grid-cols-2">
          {order.map(({ name, label, value }) => (
            <FormSelect
              key={name}
              name={name}
              label={label}
              empty={t('field.nobody')}
              defaultValue={value}
              options={people
                .filter((one) => one.active || named.includes(one.id))
                .map((one) => ({
                  value: String(one.id),
                  label: `${one.name} · ${words(`role.${one.role}`)}`,
                }))}
            />
          ))}
        </div>
      </fieldset>
    </RecordForm>
  )
}
