import { getTranslations } from 'next-intl/server'
import { Button } from '#components/button.tsx'
import { Select } from '#components/field.tsx'
import { CheckboxGroup, type Toggle } from '#components/toggles.tsx'
import { kindWord, REPORTER_KINDS } from './conditions.ts'
import { PlaceField } from './place-field.tsx'

/** A plain form: the address says what was asked. */
export async function TryForm({
  wanted,
  shown,
  fault,
  numbers,
}: {
  wanted: { communeCode: string; numbers: string[]; level: number; kind: string }
  shown: string
  fault: string | null
  numbers: Toggle[]
}) {
  const t = await getTranslations('routing')
  const kind = await kindWord()
  const words = await getTranslations('vocabulary')
  return (
    <form action="/admin/routing#try" method="get" className="grid max-w-4xl gap-5" data-screen-only>
      <div className="grid items-end gap-5 md:grid-cols-[2fr_1fr_2fr]">
        <PlaceField
          text={shown}
          code={wanted.communeCode}
          words={{
            label: t('try.place'),
            hint: t('try.place_hint'),
            error: fault,
            none: t('try.place_none'),
            found: t.raw('try.place_found'),
            remove: t.raw('try.place_remove'),
          }}
        />
        <Select
          name="level"
          label={t('try.level')}
          hint={t('try.level_hint')}
          defaultValue={String(wanted.level)}
          options={([1, 2, 3, 4] as const).map((level) => ({
            value: String(level),
            label: words(`levelShort.${level}`),
          }))}
        />
        <Select
          name="kind"
          label={t('try.kind')}
          hint={t('try.kind_hint')}
          defaultValue={wanted.kind}
          options={REPORTER_KINDS.map((value) => ({ value, label: kind(value) }))}
        />
      </div>
      <CheckboxGroup
        name="number"
        label={t('try.numbers')}
        options={numbers}
        layout="row"
        defaultValues={wanted.numbers}
      />
      <div>
        <Button kind="primary">{t('try.ask')}</Button>
      </div>
    </form>
  )
}
