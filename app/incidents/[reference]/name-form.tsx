import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { Button } from '#components/button.tsx'
import { nameAction } from '../actions.ts'
import { MOST_OF_A_NAME } from '../input.ts'
import type { IncidentPage } from '../queries.ts'
import { Fold } from './forms.tsx'

/** What the room calls it; it is shown wherever the incident is. */
export async function NameForm({ page }: { page: IncidentPage }) {
  const t = await getTranslations('incidents')
  return (
    <Fold title={t('name.title')}>
      <DoorForm action={nameAction} name="incident-name" className="grid gap-3">
        <input type="hidden" name="incident" value={page.reference} />
        <input type="hidden" name="version" value={page.version} />
        <FormText
          name="name"
          id="incident-name"
          label={t('name.label')}
          hint={t('name.hint')}
          most={MOST_OF_A_NAME}
          defaultValue={page.title ?? ''}
        />
        <div>
          <Button>{t('name.send')}</Button>
        </div>
      </DoorForm>
    </Fold>
  )
}
