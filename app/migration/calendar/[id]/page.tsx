import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { ConfirmTrial, LineFaults } from '#app/_doors/upload-trial.tsx'
import { idOf } from '#app/admin/asked.ts'
import { LinkButton } from '#components/button.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Notice } from '#components/notice.tsx'
import { tryCalendar, wrongLines } from '../../commands/import-calendar.ts'
import { MigrationTabs } from '../../tabs.tsx'
import { confirmCalendarAction } from '../actions.ts'
import { TryForm } from '../try-form.tsx'

/** More of them are no page to read: the file names them all. */
const MOST_SHOWN = 500

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('migration'))('tabs.calendar') }
}

/** The trial: each line that is wrong, and what entering the file would do. Nothing enters before the last button. */
export default async function TrialPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('migration.import')
  const tried = await tryCalendar(actor, idOf((await params).id) ?? 0)
  const [t, forms] = [await getTranslations('migration'), await getTranslations('forms')]
  if (!tried.ok)
    return (
      <div className="grid gap-6">
        <h1 className="text-3xl">{t('tabs.calendar')}</h1>
        <MigrationTabs current="/calendar" />
        <EmptyState
          title={t('calendar.gone')}
          actions={<LinkButton href="/migration/calendar">{t('calendar.other')}</LinkButton>}
        />
      </div>
    )
  const { id, fileName, content, faults, change, count } = tried.value
  const wrong = wrongLines(faults)
  const todo = change.made + change.changed + change.gone
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <h1 className="text-3xl wrap-anywhere">
        {t('calendar.result', { file: fileName || forms('upload.pasted') })}
      </h1>
      <MigrationTabs current="/calendar" />
      <Notice
        tone={wrong > 0 ? 'danger' : todo > 0 ? 'ok' : 'info'}
        title={
          wrong > 0
            ? t('calendar.faults', { count: wrong })
            : t(todo > 0 ? 'calendar.ready' : 'calendar.nothing')
        }
      >
        {t('calendar.nothing_yet')}{' '}
        {wrong > 0 ? t('calendar.faults_text') : t('calendar.summary', { ...change })}
      </Notice>
      {wrong > 0 && (
        <>
          <p>
            <LinkButton href={`/migration/calendar/${id}/faults`} download="lignes-fausses.csv">
              {t('calendar.faults_file')}
            </LinkButton>
          </p>
          {faults.length > MOST_SHOWN && (
            <p className="text-soft">{t('calendar.faults_shown', { count: MOST_SHOWN })}</p>
          )}
          <LineFaults
            caption={t('calendar.faults', { count: wrong })}
            faults={faults.slice(0, MOST_SHOWN)}
            content={content}
          />
        </>
      )}
      {wrong === 0 && todo > 0 ? (
        <ConfirmTrial
          action={confirmCalendarAction}
          trial={tried.value}
          send={t('calendar.confirm', { count })}
          other={{ href: '/migration/calendar', label: t('calendar.other') }}
        />
      ) : (
        <TryForm again />
      )}
    </div>
  )
}
