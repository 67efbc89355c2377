import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Notice } from '#components/notice.tsx'
import { Tag } from '#components/tag.tsx'
import { Differences } from '../_parts/differences.tsx'
import { DraftForm } from '../_parts/draft-form.tsx'
import { saidOf } from '../_parts/said.ts'
import { Share } from '../_parts/share.tsx'
import { correctAction } from '../actions.ts'
import { readRecord, readRegister } from '../queries.ts'
import { differences, flat } from '../rules/differences.ts'
import type { Loss } from '../rules/record.ts'
import { LearningTabs } from '../tabs.tsx'

type Props = {
  params: Promise<{ record: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).record).slice(0, 100) }
}

/** One record: what it says, what of it is doubtful, its versions, how it may leave; and its draft, to be read by a person. */
export default async function RecordPage({ params, searchParams }: Props) {
  const actor = await requireActor('reviews.read')
  const now = new Date(requestTime())
  const record = await readRecord(actor, decodeURIComponent((await params).record))
  const keeps = may(actor, 'register.keep')
  if (!record || (!record.one && !keeps)) notFound()
  const { one, draft, versions, shipped } = record
  const [t, said] = [await getTranslations('register'), await saidOf()]
  const chain: { loss: Loss; by: string; at: Date | null }[] = [
    ...versions.map((row) => ({ loss: row.loss, by: row.authorName ?? row.byName, at: row.publishedAt })),
    ...(shipped ? [{ loss: shipped, by: t('origin.public'), at: null }] : []),
  ]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <h1 className="text-3xl wrap-anywhere">{one?.loss.id ?? draft?.recordId}</h1>
      <LearningTabs current="/register" />
      {one && (
        <p className="flex flex-wrap gap-2">
          <Tag>{t(`origin.${one.origin}`)}</Tag>
          <Tag tone="info">{one.tlp}</Tag>
          <Tag>{t('version', { version: one.loss.version })}</Tag>
          {one.authorName && <Tag>{t('signed_by', { name: one.authorName })}</Tag>}
          {one.anonymised.length > 0 && <Tag tone="warn">{t('anonymised')}</Tag>}
        </p>
      )}
      {draft && keeps && (
        <Notice tone="warn" title={t('draft.title', { version: draft.version })}>
          {t('draft.text')}
        </Notice>
      )}
      {draft && keeps && <DraftForm draft={draft} />}
      {one && (
        <>
          <DataTable
            dense
            caption={t('fields')}
            rows={[...flat(one.loss)]
              .filter(([, value]) => value !== '–')
              .map(([field, value]) => ({ field, value }))}
            rowKey={({ field }) => field}
            rowProps={({ field }) =>
              one.loss.doubts.some((doubt) => doubt.field === field) ? { 'data-accent': 'warn' } : {}
            }
            columns={[
              {
                key: 'field',
                head: t('field.name'),
                rowHead: true,
                cell: ({ field }) => said.name(field),
              },
              {
                key: 'value',
                head: t('field.value'),
                cell: ({ field, value }) => <span className="wrap-anywhere">{said.value(field, value)}</span>,
              },
              {
                key: 'doubt',
                head: t('field.doubt'),
                cell: ({ field }) => one.loss.doubts.find((doubt) => doubt.field === field)?.why ?? '–',
              },
            ]}
          />
          {keeps && one.origin !== 'received' && !draft && (
            <DoorForm action={correctAction} name="correct" className="flex">
              <input type="hidden" name="recordId" value={one.loss.id} />
              <Button>{t('correct')}</Button>
            </DoorForm>
          )}
          {keeps && one.origin === 'own' && (
            <Share one={one} register={await readRegister(actor)} asked={await searchParams} />
          )}
        </>
      )}
      {chain.length > 1 && (
        <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <h2 className="text-xl">{t('versions')}</h2>
          {chain.slice(0, -1).map(({ loss, by, at }, rank) => {
            const before = chain[rank + 1]?.loss
            return (
              <div key={loss.version} className="grid gap-1">
                <p className="font-semibold">
                  {t('version', { version: loss.version })} · {by} {at && <Moment at={at} now={now} />}
                </p>
                {before && <Differences differences={differences(before, loss)} />}
              </div>
            )
          })}
        </section>
      )}
    </div>
  )
}
