import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { percentText } from '#app/_i18n/percent.ts'
import { durationText, momentText } from '#app/_i18n/time.ts'
import { Heartbeat } from '#app/_live/heartbeat.tsx'
import { WorksHere } from '#app/works/here.tsx'
import { Curve } from '#components/curve.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Notice } from '#components/notice.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import { NUMBERS } from '#db/reference/numbers.ts'
import { type CallLine, CURVE_HOURS, type Hour, readSupervisedCell } from '../../cell-query.ts'
import { ratesOf, USUAL_WEEKS } from '../../rules/rates.ts'
import { SupervisionTabs } from '../../tabs.tsx'

type Props = { params: Promise<{ territory: string; number: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { territory, number } = await params
  return {
    title: (await getTranslations('supervision'))('cell.title', {
      number,
      place: decodeURIComponent(territory),
    }),
  }
}

/** One number in one territory: its curve against the usual week, hour by hour, and its last calls one by one. */
export default async function CellPage({ params }: Props) {
  const actor = await requireActor('cell.watch')
  const { territory, number } = await params
  if (!NUMBERS.some((one) => one.number === number)) notFound()
  const now = new Date(requestTime())
  const page = await readSupervisedCell(actor, { territory: decodeURIComponent(territory), number }, now)
  if (!page) notFound()
  const [t, words, locale] = [
    await getTranslations('supervision'),
    await getTranslations('vocabulary'),
    await getLocale(),
  ]
  const percent = (share: number | null) => percentText(share, locale)
  const { timeZone } = page.territory
  const known = page.hours.filter((hour) => hour.tried > 0 || hour.usualTried > 0 || hour.seized > 0)
  const tried = page.hours.reduce((sum, hour) => sum + hour.tried, 0)
  const passed = page.hours.reduce((sum, hour) => sum + hour.answered + hour.reached, 0)
  const summary = t('cell.summary', {
    hours: CURVE_HOURS,
    tried,
    rate: percent(tried > 0 ? passed / tried : null),
    weeks: USUAL_WEEKS,
  })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <h1 className="text-3xl">
        {t('cell.title', { number, place: `${page.territory.name} (${page.territory.code})` })}
      </h1>
      <Heartbeat everyMs={30_000} />
      <SupervisionTabs current="/supervision" />
      <WorksHere actor={actor} territories={[page.territory.code]} numbers={[number]} now={now} />
      {page.reports.length > 0 && (
        <Notice tone="warn" title={t('cell.reported', { count: page.reports.length })}>
          <ul className="flex flex-wrap gap-x-4">
            {page.reports.map((one) => (
              <li key={one.reference}>
                <a href={`/cases/${one.reference}`}>{one.reference}</a>{' '}
                <span className="text-soft">
                  N{one.level} {one.organisation}
                </span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <section className="grid gap-2" aria-labelledby="curve">
        <h2 id="curve" className="text-xl">
          {t('cell.curve')}
        </h2>
        <p className="text-soft">{summary}</p>
        {known.length > 0 && (
          <figure className="max-w-4xl">
            <Curve
              label={summary}
              series={[
                { key: 'usual', look: 'usual', points: page.hours.map(usualShare) },
                { key: 'switch', look: 'other', points: page.hours.map((hour) => switchRates(hour).ner) },
                { key: 'now', look: 'now', points: page.hours.map(share) },
              ]}
            />
            <figcaption className="flex flex-wrap justify-between gap-x-6 text-sm text-soft tabular-nums">
              <span>{momentText(new Date(page.hours[0]?.from ?? now), { now, locale, timeZone })}</span>
              <span>{t('cell.legend', { weeks: USUAL_WEEKS })}</span>
              <span>{momentText(now, { now, locale, timeZone })}</span>
            </figcaption>
          </figure>
        )}
        <DataTable
          caption={t('cell.hours')}
          dense
          rows={known.toReversed()}
          rowKey={(hour) => hour.from}
          empty={<p>{t('cell.nothing')}</p>}
          columns={[
            {
              key: 'from',
              head: t('cell.hour'),
              rowHead: true,
              cell: (hour) => momentText(new Date(hour.from), { now, locale, timeZone }),
            },
            {
              key: 'rate',
              head: t('cell.rate'),
              numeric: true,
              cell: (hour) =>
                hour.tried > 0
                  ? `${percent(share(hour))} (${hour.answered + hour.reached}/${hour.tried})`
                  : '–',
            },
            { key: 'usual', head: t('cell.usual'), numeric: true, cell: (hour) => percent(usualShare(hour)) },
            {
              key: 'delay',
              head: t('cell.delay'),
              numeric: true,
              cell: (hour) => (hour.delayMs === null ? '–' : t('cell.ms', { ms: hour.delayMs })),
            },
            {
              key: 'asr',
              head: t('switches.asr'),
              numeric: true,
              cell: (hour) => percent(switchRates(hour).asr),
            },
            {
              key: 'ner',
              head: t('switches.ner'),
              numeric: true,
              cell: (hour) => percent(switchRates(hour).ner),
            },
          ]}
        />
      </section>
      <DataTable
        caption={t('cell.calls')}
        showCaption
        dense
        rows={page.calls}
        rowKey={(call) => call.id}
        empty={<p className="text-soft">{t('cell.no_calls')}</p>}
        columns={[
          {
            key: 'at',
            head: t('cell.at'),
            rowHead: true,
            cell: (call) => <Moment at={new Date(call.at)} now={now} timeZone={timeZone} />,
          },
          {
            key: 'verdict',
            head: t('cells.says'),
            cell: (call) => <Tag tone={TONES[call.verdict]}>{t(`verdict.${call.verdict}`)}</Tag>,
          },
          {
            key: 'probe',
            head: t('plan.probe'),
            cell: (call) =>
              `${call.probe} · ${call.operator} · ${words(`technology.${call.technology}` as never)}`,
          },
          { key: 'sip', head: 'SIP', numeric: true, cell: (call) => call.sip ?? '–' },
          { key: 'cause', head: 'Q.850', numeric: true, cell: (call) => call.cause ?? '–' },
          {
            key: 'delay',
            head: t('cell.delay'),
            numeric: true,
            cell: (call) => (call.delayMs === null ? '–' : t('cell.ms', { ms: call.delayMs })),
          },
          {
            key: 'talk',
            head: t('cell.talk'),
            numeric: true,
            cell: (call) =>
              call.talkMs === null ? '–' : durationText(Math.round(call.talkMs / 1000), locale),
          },
        ]}
      />
    </div>
  )
}

const TONES: Record<CallLine['verdict'], Tone> = {
  answered: 'ok',
  reached: 'ok',
  failed: 'danger',
  not_placed: 'neutral',
}

function share({ tried, answered, reached }: Hour): number | null {
  return tried > 0 ? (answered + reached) / tried : null
}

function usualShare({ usualTried, usualPassed }: Hour): number | null {
  return usualTried > 0 ? usualPassed / usualTried : null
}

function switchRates({ seized, answers, effective }: Hour) {
  return ratesOf({ seized, answered: answers, effective })
}
