import { getTranslations } from 'next-intl/server'
import { Due, Moment } from '#app/_i18n/moment.tsx'
import { isOpen } from '#app/cases/rules/states.ts'
import { Notice } from '#components/notice.tsx'
import type { SeenCase } from '../queries.ts'

/** What the cell promised: before when it speaks again. Late is said, not hidden. */
export async function NextContact({
  seen: { row },
  now,
  timeZone,
}: {
  seen: SeenCase
  now: Date
  timeZone: string
}) {
  const t = await getTranslations('my')
  const promised = isOpen(row.state) ? row.nextContactAt : null
  return (
    <section className="rounded-m border-2 border-accent bg-raised p-4" aria-labelledby="next-contact">
      <h2 id="next-contact" className="text-base">
        {t(promised ? 'case.next' : 'case.no_next')}
      </h2>
      {promised ? (
        <>
          <p className="text-2xl leading-tight font-bold">
            <Moment at={promised} now={now} timeZone={timeZone} />
          </p>
          <p className="mt-0.5">
            <Due at={promised} now={now} timeZone={timeZone} />
          </p>
          {promised < now && (
            <div className="mt-2">
              <Notice tone="warn">{t('case.late')}</Notice>
            </div>
          )}
        </>
      ) : (
        <p className="mt-1">{t('case.none')}</p>
      )}
    </section>
  )
}
