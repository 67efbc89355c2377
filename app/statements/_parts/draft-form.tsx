import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormRadios, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { getSetting } from '#app/cell/settings.ts'
import { incidentLabel } from '#app/incidents/rules/name.ts'
import { Button } from '#components/button.tsx'
import { STATEMENT_AUDIENCES } from '#db/schema/statement.ts'
import { draftAction } from '../actions.ts'
import type { StatementsRead } from '../queries.ts'

/** Begun from the facts of the incident: numbers and places, no centre, no ten-digit number. */
export async function DraftStatement({ incident }: { incident: StatementsRead['incidents'][number] }) {
  const t = await getTranslations('statements')
  const words = await getTranslations('instructions')
  const { facts, reference } = incident
  const places = facts.territories.map(({ name }) => name).join(', ')
  return (
    <details className="rounded-m border border-line p-3">
      <summary className="font-semibold">
        {t('draft')} {incidentLabel(incident)}
      </summary>
      <DoorForm action={draftAction} name={`statement-${incident.id}`} className="mt-3 grid max-w-4xl gap-4">
        <input type="hidden" name="incident" value={reference} />
        <FormRadios
          name="audience"
          id={`audience-${incident.id}`}
          label={t('audience')}
          layout="row"
          defaultValue="media"
          options={STATEMENT_AUDIENCES.map((value) => ({ value, label: t(`audiences.${value}`) }))}
        />
        <FormSelect
          id={`territory-${incident.id}`}
          name="territoryCode"
          label={words('territory')}
          required
          defaultValue={facts.territories.length === 1 ? facts.territories[0]?.code : 'FR'}
          options={[
            { value: 'FR', label: t('country') },
            ...facts.territories.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })),
          ]}
        />
        <FormArea
          id={`text-${incident.id}`}
          name="text"
          label={t('text')}
          hint={t('text_hint')}
          rows={4}
          required
          defaultValue={t('template', {
            operator: await getSetting('operator_name'),
            numbers: facts.numbers.map(({ number }) => number).join(', ') || '–',
            places: places || '–',
          })}
        />
        <FormText
          id={`next-${incident.id}`}
          name="nextAt@Europe/Paris"
          type="datetime-local"
          label={t('next')}
          required
        />
        <FormText
          id={`embargo-${incident.id}`}
          name="embargoUntil@Europe/Paris"
          type="datetime-local"
          label={t('embargo_until')}
          mark={words('optional')}
        />
        <div>
          <Button kind="primary">{t('save')}</Button>
        </div>
      </DoorForm>
    </details>
  )
}
