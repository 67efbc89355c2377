import { getLocale, getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { atText } from '#app/_i18n/time.ts'
import { Icon } from '#components/icon.tsx'
import { Tag } from '#components/tag.tsx'
import { contestedBy } from '../contested.ts'
import type { SeenCase } from '../queries.ts'
import { StateTag } from '../state-tag.tsx'
import { LEVEL_TONE } from '../tones.ts'

const LOOKS = {
  true: { box: 'border-ok bg-ok-soft', ink: 'text-ok', icon: 'ok' },
  awaited: { box: 'border-edge bg-raised', ink: 'text-soft', icon: 'clock' },
  contested: { box: 'border-danger bg-danger-soft', ink: 'text-danger', icon: 'danger' },
} as const

/** State in plain words, level with its reasons, and the two facts kept apart: restored (operator), confirmed (reporter). */
export async function Standing({
  seen: { row, lines },
  me,
  now,
  timeZone,
}: {
  seen: SeenCase
  /** Account of who reads. */
  me: number
  now: Date
  timeZone: string
}) {
  const t = await getTranslations('my')
  const words = await getTranslations('vocabulary')
  const all = await getTranslations()
  const locale = await getLocale()
  const contested = contestedBy(lines)
  return (
    <section className="grid gap-4">
      <div>
        <p className="flex flex-wrap items-center gap-2">
          <StateTag state={row.state} strong />
          <Tag tone={LEVEL_TONE[row.level]} strong>
            {words(`level.${row.level}`)}
          </Tag>
        </p>
        <p className="mt-2 text-lg">{t(`explain.${row.state}`)}</p>
      </div>
      <div>
        <h2 className="text-base">{t('case.why')}</h2>
        <ul className="list-disc pl-5">
          {row.levelSetByPerson ? (
            <li>{t('case.since_level')}</li>
          ) : (
            row.levelReasons.map(({ key, values }) => (
              <li key={key}>{all.has(key as never) ? all(key as never, values as never) : key}</li>
            ))
          )}
        </ul>
      </div>
      <div>
        <h2 className="text-base">{t('case.two_facts')}</h2>
        <ul className="mt-1 grid gap-2 sm:grid-cols-2">
          {(
            [
              ['restored', row.restoredAt ?? contested?.restoredAt],
              ['confirmed', row.confirmedAt],
            ] as const
          ).map(([fact, at]) => {
            const look = LOOKS[at && fact === 'restored' && contested ? 'contested' : at ? 'true' : 'awaited']
            return (
              <li key={fact} className={`rounded-m border p-3 ${look.box}`}>
                <span className="flex items-center gap-2 font-semibold">
                  <Icon name={look.icon} className={`size-5 ${look.ink}`} />
                  {t(`case.${fact}`)}
                </span>
                {at ? (
                  <Moment at={at} now={now} timeZone={timeZone} />
                ) : (
                  <span className="text-soft">{t('case.not_yet')}</span>
                )}
                {at && fact === 'restored' && contested && (
                  <strong className="block">
                    {t(contested.by.byId === me ? 'case.contested_by_you' : 'case.contested', {
                      time: atText(contested.by.at, { now, locale, timeZone }),
                    })}
                  </strong>
                )}
              </li>
            )
          })}
        </ul>
      </div>
    </section>
  )
}
