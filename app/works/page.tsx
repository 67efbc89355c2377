import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { UploadForm } from '#app/_doors/upload-form.tsx'
import { Colon } from '#app/_i18n/colon.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { SupervisionTabs } from '#app/supervision/tabs.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import { announceAction, cancelWorksAction, importWorksAction } from './actions.ts'
import { CSV_COLUMNS, MOST_BYTES } from './input.ts'
import { readWorks, type WorksLine } from './queries.ts'
import { PHASES, type PhaseState, phaseState } from './rules/works-line.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('works'))('title') }
}

/** Works announced by place, network, hours; those over the way of an emergency number with their tests before, during and after. */
export default async function WorksPage() {
  const actor = await requireActor('cell.watch')
  const now = new Date(requestTime())
  const rows = await readWorks(actor, now)
  const t = await getTranslations('works')
  const announces = may(actor, 'works.announce')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases={[]} events={['works.']} />
      </div>
      <SupervisionTabs current="/works" />
      <p className="max-w-[75ch] text-soft">{t('explain')}</p>
      <DataTable
        caption={t('calendar')}
        showCaption
        rows={rows}
        rowKey={(row) => row.id}
        rowProps={(row) => ({
          'data-works': row.reference,
          ...(isNow(row, now) ? { 'data-accent': 'warn' } : {}),
        })}
        empty={<p className="text-soft">{t('none')}</p>}
        columns={[
          {
            key: 'what',
            head: t('field.title'),
            rowHead: true,
            cell: (row) => (
              <span className="grid">
                <span>{row.title}</span>
                <span className="font-normal text-soft">
                  {row.operator} · {row.reference}
                </span>
              </span>
            ),
          },
          {
            key: 'where',
            head: t('field.territories'),
            cell: (row) => [row.territories.join(', '), row.network].filter(Boolean).join(' · '),
          },
          { key: 'numbers', head: t('field.numbers'), cell: (row) => row.numbers.join(', ') || '–' },
          { key: 'from', head: t('field.from'), cell: (row) => <Moment at={new Date(row.from)} now={now} /> },
          { key: 'to', head: t('field.to'), cell: (row) => <Moment at={new Date(row.to)} now={now} /> },
          {
            key: 'back',
            head: t('field.wayBack'),
            cell: (row) => [row.wayBack, row.contact].filter(Boolean).join(' · ') || '–',
          },
          {
            key: 'tests',
            head: t('tests'),
            cell: (row) =>
              row.numbers.length === 0 ? (
                '–'
              ) : (
                <span className="flex flex-wrap gap-1">
                  {PHASES.map((phase) => {
                    const { tried, passed } = row.tests[phase]
                    const state = phaseState(
                      phase,
                      { from: Date.parse(row.from), to: Date.parse(row.to) },
                      row.tests[phase],
                      now.getTime(),
                    )
                    return (
                      <Tag key={phase} tone={TONES[state]}>
                        {t(`phase.${phase}`)}
                        <Colon />
                        {t(`state.${state}`, { passed, tried })}
                      </Tag>
                    )
                  })}
                </span>
              ),
          },
          ...(announces
            ? [
                {
                  key: 'cancel',
                  head: <span className="sr-only">{t('cancel')}</span>,
                  cell: (row: WorksLine) => (
                    <DoorForm action={cancelWorksAction} name={`cancel-${row.id}`}>
                      <input type="hidden" name="worksId" value={row.id} />
                      <Button size="dense" aria-label={t('cancel_named', { name: row.title })}>
                        {t('cancel')}
                      </Button>
                    </DoorForm>
                  ),
                },
              ]
            : []),
        ]}
      />
      {announces && (
        <>
          <section className="grid max-w-3xl gap-4">
            <h2 className="text-xl">{t('new')}</h2>
            <DoorForm action={announceAction} name="works" className="grid items-start gap-4 sm:grid-cols-2">
              <FormText name="title" label={t('field.title')} required />
              <FormText name="operator" label={t('field.operator')} required />
              <FormText name="reference" label={t('field.reference')} hint={t('hint.reference')} required />
              <FormText
                name="territories"
                label={t('field.territories')}
                hint={t('hint.territories')}
                required
              />
              <FormText name="numbers" label={t('field.numbers')} hint={t('hint.numbers')} />
              <FormText name="network" label={t('field.network')} />
              <FormText name="from@Europe/Paris" type="datetime-local" label={t('field.from')} required />
              <FormText name="to@Europe/Paris" type="datetime-local" label={t('field.to')} required />
              <FormText name="contact" label={t('field.contact')} />
              <FormText name="wayBack" label={t('field.wayBack')} hint={t('hint.wayBack')} />
              <div className="sm:col-span-2">
                <Button kind="primary">{t('announce')}</Button>
              </div>
            </DoorForm>
          </section>
          <section className="grid max-w-3xl gap-4">
            <h2 className="text-xl">{t('import')}</h2>
            <p className="max-w-[65ch] text-soft">{t('import_how')}</p>
            <UploadForm
              action={importWorksAction}
              name="works-file"
              file={t('file')}
              accept=".csv,text/csv"
              most={MOST_BYTES}
              pasteHint={[...CSV_COLUMNS, 'numbers', 'network', 'contact', 'way_back'].join(' ; ')}
              send={t('import_button')}
            />
          </section>
        </>
      )}
    </div>
  )
}

const TONES: Record<PhaseState, Tone> = {
  made: 'ok',
  failed: 'danger',
  due: 'accent',
  missed: 'warn',
  later: 'neutral',
}

function isNow(row: WorksLine, now: Date): boolean {
  return Date.parse(row.from) <= now.getTime() && now.getTime() < Date.parse(row.to)
}
