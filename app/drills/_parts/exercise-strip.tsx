import { unstable_rethrow } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import type { Exercise } from '#app/_auth/lookup.ts'
import { getExercise, requestBegan, requestTime } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { Button } from '#components/button.tsx'
import { Icon } from '#components/icon.tsx'
import { leaveAction } from '../actions.ts'
import { pushingAside, type RealReport, realReportSince } from '../queries.ts'
import { Controls } from './controls.tsx'

const BAND = 'mx-auto flex max-w-[100rem] flex-wrap items-center gap-x-4 gap-y-1.5 px-3 sm:px-5'

/** On every page of whoever entered an exercise: which one, how to leave or stop it; and a real report before all else. */
export async function ExerciseStrip({ actor }: { actor: AccountActor }) {
  const exercise = await read(() => getExercise())
  if (!exercise) return null
  const t = await getTranslations('drills')
  const inside = actor.exerciseId === exercise.id
  return (
    <section aria-label={t('strip.label')} data-screen-only data-exercise={exercise.state}>
      <Live cases={[]} events={['exercise.', 'case.reported']} silent />
      {inside ? <Inside {...{ exercise, actor }} /> : <Outside {...{ exercise, actor }} />}
    </section>
  )
}

async function Inside({ exercise, actor }: { exercise: Exercise; actor: AccountActor }) {
  const t = await getTranslations('drills')
  const real = await read(() => realReportSince(actor, exercise.id))
  return (
    <>
      {real && (
        <Real report={real}>
          <Controls exercise={exercise} actor={actor} inside place="frame" />
        </Real>
      )}
      <div className="border-b border-line bg-sunken">
        <div className={`${BAND} py-1`}>
          <p className="min-w-0 grow text-sm">
            <a href={`/drills/${exercise.id}`} className="font-semibold">
              {exercise.title}
            </a>{' '}
            <span className="text-soft">
              {t('strip.hour')} <Moment at={new Date(requestTime())} now={new Date(requestBegan())} />
            </span>
            {exercise.rings && <span className="font-semibold"> · {t('rings.strip')}</span>}
          </p>
          {!real && <Controls exercise={exercise} actor={actor} inside place="frame" />}
        </div>
      </div>
    </>
  )
}

/** Back in the real world, and why. */
async function Outside({ exercise, actor }: { exercise: Exercise; actor: AccountActor }) {
  const t = await getTranslations('drills')
  const seen = (
    <form action={leaveAction}>
      <input type="hidden" name="id" value={exercise.id} />
      <Button size="dense" kind="primary">
        {t('seen')}
      </Button>
    </form>
  )
  if (exercise.state === 'set_aside') {
    const real = await read(() => pushingAside(actor, exercise.id))
    return (
      <Real report={real} aside={exercise.title}>
        {seen}
        <Controls exercise={exercise} actor={actor} inside={false} place="frame" />
      </Real>
    )
  }
  return (
    <div className="border-b border-line bg-info-soft" role="status">
      <div className={`${BAND} py-1.5`}>
        <p className="min-w-0 grow">
          <strong>{t(`strip.${exercise.state}`, { title: exercise.title })}</strong> {t('strip.back')}{' '}
          <a href={`/drills/${exercise.id}`}>{t('strip.after')}</a>
        </p>
        <div className="flex flex-wrap gap-2">
          {seen}
          {exercise.state === 'running' && (
            <Controls exercise={exercise} actor={actor} inside={false} place="frame" />
          )}
        </div>
      </div>
    </div>
  )
}

/** Signalement réel: not to be mistaken for anything of the exercise. */
async function Real({
  report,
  aside,
  children,
}: {
  report: RealReport | null
  aside?: string
  children: React.ReactNode
}) {
  const t = await getTranslations('drills')
  const now = new Date(requestBegan())
  return (
    <div className="border-y-4 border-on-level-n4 bg-level-n4 text-on-level-n4" role="alert" data-real-report>
      <div className={`${BAND} py-3`}>
        <div className="min-w-0 grow">
          <p className="text-xl font-bold tracking-wide">
            <Icon name="danger" className="mr-2 size-6" />
            {t('real.title')}
          </p>
          {report && (
            <p className="text-lg">
              <a
                href={`/cases/${report.reference}`}
                className="font-bold text-on-level-n4 hover:text-on-level-n4"
              >
                {report.reference}
              </a>
              {' · '}
              {report.organisation ?? t('real.nobody')} · N{report.level} ·{' '}
              <Moment at={report.receivedAt} now={now} />
            </p>
          )}
          <p>{aside ? t('real.aside', { title: aside }) : t('real.inside')}</p>
        </div>
        {children}
      </div>
    </div>
  )
}

/** A database that does not answer must not take the frame away. */
async function read<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    unstable_rethrow(error)
    return null
  }
}
