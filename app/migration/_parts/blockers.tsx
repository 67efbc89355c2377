import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Fold } from '#components/fold.tsx'
import { blockMoveAction, liftBlockerAction } from '../actions.ts'
import type { Move } from '../queries.ts'

/** What stands in the way, and whom it waits for; lifted ones stay to be read. */
export async function Blockers({
  move: { blockers, site, move },
  works,
  now,
}: {
  move: Move
  works: boolean
  now: Date
}) {
  const t = await getTranslations('migration')
  const open = works && move !== null && move.endedAt === null
  if (blockers.length === 0 && !open) return null
  return (
    <section aria-labelledby="blockers-title" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <h2 id="blockers-title" className="text-xl">
        {t('blocker.title')}
      </h2>
      {blockers.length === 0 && <p className="text-soft">{t('blocker.none')}</p>}
      {blockers.length > 0 && (
        <DataTable
          caption={t('blocker.title')}
          rows={blockers}
          rowKey={(one) => one.id}
          rowProps={(one) => (one.liftedAt ? {} : { 'data-accent': 'warn' })}
          columns={[
            { key: 'what', head: t('blocker.what'), rowHead: true, cell: (one) => one.what },
            { key: 'waits', head: t('blocker.waits'), cell: (one) => one.waitsFor ?? '–' },
            { key: 'since', head: t('blocker.since'), cell: (one) => <Moment at={one.since} now={now} /> },
            {
              key: 'lifted',
              head: t('blocker.lifted'),
              cell: (one) =>
                one.liftedAt ? (
                  <Moment at={one.liftedAt} now={now} />
                ) : open ? (
                  <DoorForm action={liftBlockerAction} name={`lift-${one.id}`}>
                    <input type="hidden" name="siteId" value={site.id} />
                    <input type="hidden" name="blockerId" value={one.id} />
                    <Button size="dense">{t('blocker.lift')}</Button>
                  </DoorForm>
                ) : (
                  '–'
                ),
            },
          ]}
        />
      )}
      {open && (
        <Fold label={t('blocker.add')}>
          <DoorForm action={blockMoveAction} name={`block-${site.id}`} className="grid max-w-3xl gap-4">
            <input type="hidden" name="siteId" value={site.id} />
            <FormText name="what" label={t('blocker.what')} required autoComplete="off" />
            <FormText
              name="waitsFor"
              label={t('blocker.waits')}
              hint={t('blocker.waits_hint')}
              autoComplete="off"
            />
            <div>
              <Button>{t('blocker.save')}</Button>
            </div>
          </DoorForm>
        </Fold>
      )}
    </section>
  )
}
