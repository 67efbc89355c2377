import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { rowId } from '#app/_doors/rules/row-id.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { Heartbeat } from '#app/_live/heartbeat.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { Marker } from '#app/exercises/_parts/marker.tsx'
import { isSet } from '#app/notifications/queries.ts'
import { Button } from '#components/button.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { Notice } from '#components/notice.tsx'
import { DeadNumbers } from '../_parts/dead-numbers.tsx'
import { Progress } from '../_parts/progress.tsx'
import { StateTag } from '../_parts/state-tag.tsx'
import { confirmAction, goOnAction, stopAction } from '../actions.ts'
import { readBroadcast } from '../queries.ts'
import { verdictOn } from '../rules/safety.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('broadcasts'))('title') }
}

const REREAD_MS = 1_000

/** One mass message: read before it is sent, followed while it is, and the telephones that it did not reach. */
export default async function BroadcastPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('instructions.write')
  const now = new Date(requestTime())
  const id = rowId((await params).id)
  const read = id ? await readBroadcast(actor, id, now) : null
  if (!read) notFound()
  const { one, progress, calls } = read
  const [t, all, locale] = [await getTranslations('broadcasts'), await getTranslations(), await getLocale()]
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' })
  const recipients = progress.reduce((sum, wave) => sum + wave.size, 0)
  const own = one.preparedById === actor.accountId
  const decides = may(actor, 'instructions.decide')
  const carried =
    one.exerciseId !== null ||
    (one.state !== 'prepared' && one.state !== 'running') ||
    (await isSet(actor, 'sms'))
  const pilot = progress.find((wave) => wave.wave === 'pilot')
  const asks =
    one.state === 'running' &&
    one.wave === 'pilot' &&
    pilot !== undefined &&
    verdictOn('pilot', pilot, one.exerciseId !== null).does === 'ask'
  return (
    <div className="grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-6">
      <Marker exerciseId={one.exerciseId} />
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">
          {t('of_number', { number: read.number })} <StateTag state={one.state} wave={one.wave} />
        </h1>
        <Live cases={[]} events={['broadcast.']} />
      </div>
      {one.state === 'running' && <Heartbeat everyMs={REREAD_MS} />}
      {!carried && (
        <Notice tone="danger" title={t('no_channel.title')}>
          {t('no_channel.explain')}
        </Notice>
      )}
      {one.state === 'stopped' && (
        <Notice tone="danger" title={t('stopped.title')}>
          {one.stopReason && all(one.stopReason as never)}{' '}
          {one.stoppedAt && <Moment at={one.stoppedAt} now={now} />} · {one.stoppedByName}
        </Notice>
      )}
      <blockquote className="max-w-[65ch] border-l-4 border-accent pl-3 text-lg whitespace-pre-line">
        {one.text}
      </blockquote>
      <DescriptionList
        columns={2}
        items={[
          {
            term: t('instruction'),
            value: (
              <Link href={`/instructions/${one.instructionId}`} prefetch={false}>
                {t('of_instruction', { number: read.number })}
              </Link>
            ),
          },
          { term: t('recipients'), value: new Intl.NumberFormat(locale).format(recipients) },
          {
            term: t('segments'),
            value: t('segments_of', { parts: one.segments, all: one.segments * recipients }),
          },
          {
            term: t('cost'),
            value: money.format((one.partPrice * one.segments * recipients) / 10_000),
          },
          {
            term: t('left_out'),
            value: Object.entries(one.leftOut)
              .map(([why, count]) => t(`why.${why}`, { count }))
              .join(', '),
          },
          { term: t('purpose'), value: one.purpose },
          { term: t('prepared'), value: one.preparedByName },
          { term: t('confirmed'), value: one.confirmedByName },
        ]}
      />
      {one.state === 'prepared' && decides && (
        <section className="grid gap-3">
          <Notice tone="info">{t(own ? 'second_person' : 'confirm_explain')}</Notice>
          {!own && (
            <DoorForm action={confirmAction} name={`confirm-${one.id}`}>
              <input type="hidden" name="broadcastId" value={one.id} />
              <input type="hidden" name="version" value={one.version} />
              <Button kind="primary" size="large">
                {t('confirm', { count: recipients })}
              </Button>
            </DoorForm>
          )}
        </section>
      )}
      {asks && decides && (
        <DoorForm action={goOnAction} name={`go-on-${one.id}`} className="grid gap-3">
          <Notice tone="warn">{t('pilot_explain')}</Notice>
          <input type="hidden" name="broadcastId" value={one.id} />
          <input type="hidden" name="version" value={one.version} />
          <div>
            <Button kind="primary">{t('go_on')}</Button>
          </div>
        </DoorForm>
      )}
      {(one.state === 'running' || one.state === 'prepared') && (
        <DoorForm action={stopAction} name={`stop-${one.id}`}>
          <input type="hidden" name="broadcastId" value={one.id} />
          <Button kind="danger" size="large">
            {t('stop')}
          </Button>
        </DoorForm>
      )}
      {one.exerciseId !== null && one.state !== 'prepared' && <Notice tone="info">{t('exercise')}</Notice>}
      {one.state !== 'prepared' && <Progress progress={progress} stopped={one.state === 'stopped'} />}
      <DeadNumbers calls={calls} now={now} />
      <Marker exerciseId={one.exerciseId} />
    </div>
  )
}
