import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { THRESHOLDS, type ThresholdKey } from '#app/crisis/rules/thresholds.ts'
import { RealHere } from '#app/exercises/_parts/real-here.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Notice } from '#components/notice.tsx'
import { tryThresholdAction } from '../actions.ts'
import { thresholdInput } from '../commands/thresholds.ts'
import { readThresholds, readUsual } from '../queries.ts'
import { CellTabs } from '../tabs.tsx'
import { Effect } from './effect.tsx'
import { UsualHours } from './usual.tsx'
import { thresholdWords } from './words.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cell'))('thresholds.title') }
}

/** The numbers of the trigger rules, each with its reason: read by the cell, changed by an administrator. */
export default async function ThresholdsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const actor = await requireActor('cell.watch')
  const params = await searchParams
  const asked = thresholdInput.safeParse(params)
  const tried = asked.success && may(actor, 'settings.keep') ? asked.data : null
  const changed = new Map((await readThresholds(actor)).map((row) => [row.key, row.value]))
  const t = await getTranslations('cell')
  const words = await getTranslations('triggers')
  const keys = Object.keys(THRESHOLDS) as ThresholdKey[]
  const { amount, source } = await thresholdWords()
  return (
    <div className="grid gap-8">
      <h1 className="text-3xl">{t('thresholds.title')}</h1>
      <CellTabs current="/thresholds" />
      {may(actor, 'settings.keep') && <RealHere actor={actor} />}
      <p className="max-w-[65ch] text-soft">{t('thresholds.explain')}</p>
      {params.saved === '1' && (
        <Notice tone="ok" live>
          {t('done.threshold')}
        </Notice>
      )}
      {tried && (
        <Effect
          actor={actor}
          tried={tried}
          inForce={changed.get(tried.key) ?? THRESHOLDS[tried.key].value}
          now={new Date(requestTime())}
        />
      )}
      <UsualHours baseline={await readUsual(actor)} />
      <DataTable
        caption={t('thresholds.title')}
        rows={keys}
        rowKey={(key) => key}
        columns={[
          {
            key: 'label',
            head: t('thresholds.what'),
            rowHead: true,
            cell: (key) => words(`threshold.${key}.label` as never),
          },
          { key: 'why', head: t('thresholds.why'), cell: (key) => words(`threshold.${key}.why` as never) },
          { key: 'source', head: t('thresholds.source'), cell: (key) => source(key) },
          {
            key: 'default',
            head: t('thresholds.default'),
            numeric: true,
            cell: (key) => amount(key, THRESHOLDS[key].value),
          },
          {
            key: 'value',
            head: t('thresholds.value'),
            numeric: true,
            cell: (key) => {
              const value = changed.get(key) ?? THRESHOLDS[key].value
              if (!may(actor, 'settings.keep')) return amount(key, value)
              return (
                <DoorForm
                  // drawn anew when it has changed: a field that was typed in keeps what it showed
                  key={value}
                  action={tryThresholdAction}
                  name={`threshold-${key}`}
                  className="flex items-end justify-end gap-2"
                >
                  <input type="hidden" name="key" value={key} />
                  <FormText
                    id={`value-${key}`}
                    name="value"
                    inputMode="decimal"
                    className="w-20 text-right"
                    hideLabel
                    defaultValue={String(value)}
                    label={words(`threshold.${key}.label` as never)}
                    required
                  />
                  <Button size="dense">{t('thresholds.try')}</Button>
                </DoorForm>
              )
            },
          },
        ]}
      />
    </div>
  )
}
