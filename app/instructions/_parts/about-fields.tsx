import { getTranslations } from 'next-intl/server'
import { FormSelect } from '#app/_doors/fields.tsx'
import { incidentChoice } from '#app/incidents/rules/name.ts'
import type { DraftDesk } from '../queries.ts'

const KINDS = ['country', 'departement', 'region', 'zone'] as const

/** Which short number, and where: of an instruction, of a fallback. */
export async function NumberAndPlace({
  desk: { numbers, territories },
  name,
  label,
  asked = {},
}: {
  desk: DraftDesk
  name: 'failing' | 'covers'
  label: string
  asked?: { number?: string; territory?: string }
}) {
  const [t, words] = [await getTranslations('instructions'), await getTranslations('vocabulary')]
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <FormSelect
        name={name}
        label={label}
        required
        empty={t('choose')}
        defaultValue={asked.number}
        options={numbers.map(({ number, labelFr }) => ({ value: number, label: `${number} · ${labelFr}` }))}
      />
      <FormSelect
        name="territoryCode"
        label={t('territory')}
        required
        empty={t('choose')}
        defaultValue={asked.territory}
        options={KINDS.map((kind) => ({
          label: words(`territoryKind.${kind}`),
          options: territories
            .filter((one) => one.kind === kind)
            .map(({ code, name: place }) => ({
              value: code,
              label: kind === 'departement' ? `${code} · ${place}` : place,
            })),
        }))}
      />
    </div>
  )
}

/** The incident that it is about, when there is one. */
export async function AboutIncident({ desk, asked }: { desk: DraftDesk; asked?: string | undefined }) {
  const t = await getTranslations('instructions')
  return (
    <FormSelect
      name="incident"
      label={t('incident')}
      mark={t('optional')}
      empty={t('no_incident')}
      defaultValue={asked}
      options={desk.incidents.map(incidentChoice)}
    />
  )
}
