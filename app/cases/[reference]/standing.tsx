import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Due, Moment } from '#app/_i18n/moment.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { Icon } from '#components/icon.tsx'
import { Section } from '../_parts/section.tsx'
import { isOpen } from '../rules/states.ts'
import type { CasePage } from './case-query.ts'
import { reasonWords } from './reason-words.ts'

/** Where the case stands: what is owed and when, the two facts of its end, its level and why. */
export async function Standing({ page: { row, around }, now }: { page: CasePage; now: Date }) {
  const [t, causes] = [await getTranslations('cases'), await getTranslations('causes')]
  const timeZone = around.territory?.timeZone ?? 'Europe/Paris'
  const due = (at: Date | null, missed: Date | null): ReactNode =>
    at && (
      <>
        <Due at={at} now={now} timeZone={timeZone} />{' '}
        <span className="text-soft">
          · <Moment at={at} now={now} timeZone={timeZone} />
        </span>
        {missed && at >= now && <b className="ml-2 text-danger">{t('page.missed')}</b>}
      </>
    )
  const fact = (at: Date | null, icon: 'check' | 'clock') =>
    at ? (
      <span>
        <Icon name={icon} className="mr-1 size-[1em] text-ok" />
        <Moment at={at} now={now} timeZone={timeZone} />
      </span>
    ) : (
      <span className="text-soft">{t('page.not_yet')}</span>
    )
  const reasons = await reasonWords(row.levelReasons)
  return (
    <Section id="standing" title={t('page.next_contact')}>
      {isOpen(row.state) && (
        <p className="mb-2 text-xl font-bold">
          {due(row.nextContactAt, row.promiseMissedAt) ?? t('page.nothing_due')}
        </p>
      )}
      <DescriptionList
        items={[
          { term: t('page.ack_due'), value: row.acknowledgedAt ? null : due(row.ackDueAt, row.ackMissedAt) },
          { term: t('page.check_due'), value: due(row.checkDueAt, row.checkMissedAt) },
          { term: t('page.restored'), value: fact(row.restoredAt, 'check') },
          {
            term: t('page.confirmed'),
            value: (
              <>
                {fact(row.confirmedAt, 'check')}
                {!row.confirmedAt && row.contactAttempts > 0 && (
                  <span className="block text-soft">
                    {t('page.attempts', { count: row.contactAttempts })}
                  </span>
                )}
              </>
            ),
          },
          { term: t('facts.cause'), value: row.cause && causes(row.cause as 'access') },
          {
            term: t(`state.closed`),
            value: row.closedAt && row.closing && (
              <>
                <Moment at={row.closedAt} now={now} timeZone={timeZone} />
                <span className="block">{t(`closing.${row.closing}`)}</span>
              </>
            ),
          },
          {
            term: t('page.level_why'),
            value: row.levelSetByPerson ? t('page.level_by_person') : reasons.join(', '),
          },
        ]}
      />
    </Section>
  )
}
