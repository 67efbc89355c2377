import { getLocale, getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormSelect, FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { dayText, localField, PARIS } from '#app/_i18n/time.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Fold } from '#components/fold.tsx'
import { Notice } from '#components/notice.tsx'
import { Tag } from '#components/tag.tsx'
import { LINE_KINDS, LINE_POWERS, LINE_STAGES } from '#db/schema/migration.ts'
import { saveLineAction } from '../actions.ts'
import type { Move } from '../queries.ts'

type Access = Move['accesses'][number]

/** What carries the calls of the site: each access with its carrier, its way and its exchange, and the last time it was tried. */
export async function Accesses({ move, works, now }: { move: Move; works: boolean; now: Date }) {
  const [t, locale] = [await getTranslations('migration'), await getLocale()]
  const { accesses, site, risks } = move
  const zone = site.timeZone ?? PARIS
  return (
    <section aria-labelledby="accesses-title" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <h2 id="accesses-title" className="text-xl">
        {t('line.title')}
      </h2>
      {risks.includes('shared_exchange') && <Notice tone="danger">{t('line.shared_exchange')}</Notice>}
      <DataTable
        caption={t('line.title')}
        rows={accesses}
        rowKey={(line) => line.id}
        rowProps={(line) => ({ 'data-access': String(line.id) })}
        empty={<EmptyState title={t('line.none')}>{t('line.none_text')}</EmptyState>}
        columns={[
          {
            key: 'kind',
            head: t('line.kind'),
            rowHead: true,
            cell: (line) => (
              <span className="inline-flex flex-wrap items-center gap-2">
                {t(`kind.${line.kind}`)}
                <Tag tone={line.stage === 'in_service' ? 'ok' : 'neutral'}>{t(`stage.${line.stage}`)}</Tag>
              </span>
            ),
          },
          { key: 'operator', head: t('line.operator'), cell: (line) => line.operator ?? '–' },
          { key: 'path', head: t('line.path'), cell: (line) => line.path ?? '–' },
          { key: 'exchange', head: t('line.exchange'), cell: (line) => line.exchange ?? '–' },
          { key: 'channels', head: t('line.channels'), numeric: true, cell: (line) => line.channels ?? '–' },
          { key: 'power', head: t('line.power'), cell: (line) => t(`power.${line.power}`) },
          {
            key: 'contract',
            head: t('line.contract'),
            cell: (line) =>
              line.contract || line.endsOn
                ? [line.contract, line.endsOn && t('line.until', { day: dayText(line.endsOn, locale) })]
                    .filter(Boolean)
                    .join(', ')
                : '–',
          },
          {
            key: 'test',
            head: t('line.last_test'),
            cell: (line) =>
              line.lastTestAt ? (
                <Moment at={line.lastTestAt} now={now} timeZone={zone} />
              ) : (
                t('line.never_tested')
              ),
          },
        ]}
      />
      {works && (
        <>
          {accesses.map((line) => (
            <Fold
              key={line.id}
              label={t('line.change', { kind: t(`kind.${line.kind}`), operator: line.operator ?? '' })}
            >
              <LineForm siteId={site.id} line={line} zone={zone} />
            </Fold>
          ))}
          <Fold label={t('line.add')} open={accesses.length === 0}>
            <LineForm siteId={site.id} line={null} zone={zone} />
          </Fold>
        </>
      )}
    </section>
  )
}

async function LineForm({ siteId, line, zone }: { siteId: number; line: Access | null; zone: string }) {
  const t = await getTranslations('migration')
  const of = line ? `line-${line.id}` : 'line-new'
  const text = (name: 'operator' | 'path' | 'exchange' | 'contract') => (
    <FormText
      id={`${of}-${name}`}
      name={name}
      label={t(`line.${name}`)}
      hint={name === 'path' ? t('line.path_hint') : undefined}
      defaultValue={line?.[name] ?? undefined}
      most={200}
      autoComplete="off"
    />
  )
  return (
    <DoorForm action={saveLineAction} name={`${of}-${siteId}`} className="grid max-w-4xl gap-4">
      <input type="hidden" name="siteId" value={siteId} />
      {line && <input type="hidden" name="id" value={line.id} />}
      {line && <input type="hidden" name="seen" value={line.version} />}
      <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <FormSelect
          id={`${of}-kind`}
          name="kind"
          label={t('line.kind')}
          defaultValue={line?.kind}
          empty="–"
          required
          options={LINE_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        />
        <FormSelect
          id={`${of}-stage`}
          name="stage"
          label={t('line.stage')}
          defaultValue={line?.stage ?? 'in_service'}
          required
          options={LINE_STAGES.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))}
        />
        {text('operator')}
        {text('path')}
        {text('exchange')}
        <FormText
          id={`${of}-channels`}
          type="number"
          min={0}
          name="channels"
          label={t('line.channels')}
          defaultValue={line?.channels ?? undefined}
        />
        <FormSelect
          id={`${of}-power`}
          name="power"
          label={t('line.power')}
          defaultValue={line?.power ?? 'unknown'}
          options={LINE_POWERS.map((power) => ({ value: power, label: t(`power.${power}`) }))}
        />
        {text('contract')}
        <FormText
          id={`${of}-endsOn`}
          type="date"
          name="endsOn"
          label={t('line.ends_on')}
          defaultValue={line?.endsOn ?? undefined}
        />
        <FormText
          id={`${of}-lastTestAt`}
          type="datetime-local"
          name={`lastTestAt@${zone}`}
          label={t('line.last_test')}
          {...(line?.lastTestAt ? localField(line.lastTestAt, zone) : {})}
        />
      </div>
      <div>
        <Button>{t('line.save')}</Button>
      </div>
    </DoorForm>
  )
}
