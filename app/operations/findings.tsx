import { getLocale, getTranslations } from 'next-intl/server'
import { durationBetween, durationText } from '#app/_i18n/time.ts'
import { Notice } from '#components/notice.tsx'
import type { Finding } from './rules/findings.ts'

/** What is wrong, each in a sentence, and what to do about it in the next. */
export async function Findings({ found, now }: { found: Finding[]; now: string }) {
  const t = await getTranslations('operations')
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  const values = ({ values: { seconds, at, ...rest } }: Finding) => ({
    ...rest,
    ...(typeof seconds === 'number' ? { time: durationText(seconds, locale) } : {}),
    ...(typeof at === 'string' ? { time: durationBetween(new Date(at), new Date(now), locale) } : {}),
  })
  return (
    <section aria-labelledby="findings" className="grid gap-3">
      <h2 id="findings" className="text-xl">
        {t('verdict.problems', { count: found.length })}
      </h2>
      {found.map((one) => (
        <Notice key={one.key} tone={one.tone} title={t(`finding.${one.key}.title`, values(one) as never)}>
          {t(`finding.${one.key}.do`)}
        </Notice>
      ))}
    </section>
  )
}
