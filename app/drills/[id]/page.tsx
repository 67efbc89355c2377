import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { requestBegan, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { Heartbeat } from '#app/_live/heartbeat.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { MARKER } from '#app/exercises/rules/marker.ts'
import { PrintButton } from '#components/print-button.tsx'
import { Controls } from '../_parts/controls.tsx'
import { Figures } from '../_parts/figures.tsx'
import { Found } from '../_parts/found.tsx'
import { StateTag } from '../_parts/state-tag.tsx'
import { Truth } from '../_parts/truth.tsx'
import { WhoKnew } from '../_parts/who-knew.tsx'
import { readExerciseFile } from '../queries.ts'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getTranslations('drills'))('of', { id: (await params).id }) }
}

/** One exercise: how far it is while it runs, its after-action file once it is over. */
export default async function ExercisePage({ params }: Props) {
  const actor = await requireActor('exercises.enter')
  const file = await readExerciseFile(actor, Number((await params).id))
  if (!file) notFound()
  const { line, played, outcome, reasons, knew } = file
  const now = new Date(requestBegan())
  const t = await getTranslations('drills')
  const marker = <p className="text-xl font-bold">{MARKER}</p>
  const minute = Math.floor(line.minute ?? 0)

  return (
    <div className="grid gap-8">
      {marker}
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="grid min-w-0 gap-1">
          <h1 className="text-3xl">{line.title}</h1>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StateTag state={line.state} />
            <span>
              {t('began')} <Moment at={line.startedAt} now={now} />
            </span>
            {line.endedAt && (
              <span>
                {t(line.endedByName ? 'ended_by' : 'ended', { name: line.endedByName ?? '' })}{' '}
                <Moment at={line.endedAt} now={now} />
              </span>
            )}
            <span className="text-soft">
              {t(`crews.${line.crew === 'standard' ? 'standard' : 'none'}`)}
              {line.attended && <> · {t('speed', { speed: line.speed })}</>}
            </span>
          </p>
          {line.attended && (
            <p className={line.rings ? 'font-semibold' : 'text-soft'}>
              {t(line.rings ? 'rings.yes' : 'rings.no')}
            </p>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-3" data-screen-only>
          <Live cases={[]} events={['exercise.']} />
          {line.attended && (
            <Controls exercise={line} actor={actor} inside={actor.exerciseId === line.id} place="page" />
          )}
          <PrintButton>{t('print')}</PrintButton>
        </div>
      </div>
      {played && (
        <div className="grid gap-1.5">
          {line.state === 'running' && <Heartbeat everyMs={2_000} />}
          <progress
            aria-label={t('progress.label')}
            max={played.end}
            value={Math.max(0, line.minute ?? 0)}
            className="h-3 w-full accent-accent"
          />
          <p className="tabular-nums">
            {t('progress.text', {
              minute,
              end: played.end,
              taken: played.taken,
              reports: played.drill.reports.length,
            })}
          </p>
        </div>
      )}
      {outcome && <Figures outcome={outcome} running={line.state === 'running'} />}
      {outcome && played && line.state !== 'running' && (
        <Truth drill={played.drill} reality={played.reality} outcome={outcome} />
      )}
      {knew.length > 0 && line.state !== 'running' && <WhoKnew knew={knew} />}
      {outcome && (
        <Found outcome={outcome} reasons={reasons} exerciseId={line.id} drill={played?.drill ?? null} />
      )}
      {marker}
    </div>
  )
}
