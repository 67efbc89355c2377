import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormSelect, FormText } from '#app/_doors/fields.tsx'
import { Due, Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { incidentLabel } from '#app/incidents/rules/name.ts'
import { WordsTabs } from '#app/instructions/tabs.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import { toldAction } from './actions.ts'
import { readToldPage } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('told'))('title') }
}

/** What is late says so with its hour. */
const TONES = { told: 'ok', waiting: 'warn' } as const satisfies Record<string, Tone>

/** Who must know of each incident by when, and who does not yet. */
export default async function ToldPage() {
  const actor = await requireActor('cell.watch')
  const now = new Date(requestTime())
  const t = await getTranslations('told')
  const { incidents, organisations } = await readToldPage(actor, now)
  return (
    <div className="grid gap-8">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases={[]} events={['incident.', 'notice.', 'statement.', 'instruction.']} />
      </div>
      <WordsTabs actor={actor} current="/told" />
      {incidents.length === 0 && <EmptyState title={t('none')}>{t('none_explain')}</EmptyState>}
      {incidents.map((one) => (
        <section key={one.id} aria-labelledby={one.reference} className="grid gap-3">
          <h2 id={one.reference} className="flex flex-wrap items-center gap-3 text-xl">
            <Link href={`/incidents/${one.reference}`} prefetch={false}>
              {incidentLabel(one)}
            </Link>
            <Tag tone={`n${one.level}` as Tone}>N{one.level}</Tag>
          </h2>
          <DataTable
            caption={t('of', { reference: one.reference })}
            rows={one.owed}
            rowKey={(row) => row.party}
            rowProps={(row) =>
              row.standing === 'told' ? {} : { 'data-accent': row.standing === 'late' ? 'danger' : 'warn' }
            }
            columns={[
              { key: 'who', head: t('who'), rowHead: true, cell: (row) => t(`parties.${row.party}`) },
              { key: 'within', head: t('within'), cell: (row) => t('minutes', { count: row.withinMin }) },
              {
                key: 'standing',
                head: t('standing'),
                cell: (row) => (
                  <>
                    {row.standing !== 'late' && (
                      <Tag tone={TONES[row.standing]}>{t(`standings.${row.standing}`)}</Tag>
                    )}{' '}
                    {row.toldAt ? <Moment at={row.toldAt} now={now} /> : <Due at={row.dueAt} now={now} />}
                  </>
                ),
              },
              {
                key: 'how',
                head: t('by'),
                cell: (row) => (
                  <Link href={wayTo(row.party, one.reference)} prefetch={false}>
                    {t(`ways.${row.party === 'public' || row.party === 'media' ? row.party : 'notice'}`)}
                  </Link>
                ),
              },
            ]}
          />
          {may(actor, 'instructions.write') && (
            <details>
              <summary className="inline-flex min-h-9 items-center text-accent coarse:min-h-11">
                {t('log')}
              </summary>
              <DoorForm
                action={toldAction}
                name={`told-${one.id}`}
                className="mt-2 grid gap-3 sm:grid-cols-[minmax(0,22rem)_minmax(0,22rem)_auto] sm:items-end sm:justify-start"
              >
                <input type="hidden" name="incident" value={one.reference} />
                <FormSelect
                  id={`organisation-${one.id}`}
                  name="organisationId"
                  label={t('organisation')}
                  required
                  empty="–"
                  options={organisations.map(({ id, name }) => ({ value: String(id), label: name }))}
                />
                <FormText id={`how-${one.id}`} name="how" label={t('how')} required />
                <Button>{t('log_it')}</Button>
              </DoorForm>
            </details>
          )}
        </section>
      ))}
    </div>
  )
}

function wayTo(party: string, reference: string): string {
  if (party === 'public') return `/instructions/new?incident=${reference}`
  return party === 'media' ? '/statements' : '/sitreps'
}
