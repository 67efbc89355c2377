import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { AccountActor } from '#app/_auth/actor.ts'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { liveName } from '#app/_live/live-status.tsx'
import { Bell } from '#app/cell/_alarm/bell.tsx'
import { CONTENT_ID } from '#components/app-shell.tsx'
import { LiveRegion } from '#components/live-region.tsx'

/** The frame of the screen on the wall: what it shows, and whether it is an exercise. */
export async function WallFrame({ actor, children }: { actor: AccountActor; children: ReactNode }) {
  const t = await getTranslations('shell')
  return (
    <>
      {actor.exerciseId !== null && (
        <p className="bg-exercise text-center font-bold tracking-wide text-on-exercise">{t('exercise')}</p>
      )}
      <main id={CONTENT_ID}>
        {/* Here and not on the page: come by a link, the bell of the other frame still hears, and two would mark the tab in turn. */}
        <div className="fixed top-0.5 right-2 flex h-7 items-center">
          <ClientWords of={['alarm']}>
            <Bell live={liveName(actor)} exercise={actor.exerciseId !== null} hears={false} lamp />
          </ClientWords>
        </div>
        {children}
      </main>
      <LiveRegion />
    </>
  )
}
