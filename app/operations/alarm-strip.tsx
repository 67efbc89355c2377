import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { durationText } from '#app/_i18n/time.ts'
import { StatusStrip } from '#components/notice.tsx'
import { watch } from './watch.ts'

/** On every page of the cell, when the machine that watches does not: people then watch themselves. */
export async function AlarmStrip() {
  const found = await watch()
  if (found.length === 0) return null
  const t = await getTranslations('operations')
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  return found.map(({ key, values: { seconds, ...values } }) => (
    <StatusStrip key={key} tone="danger">
      <strong>
        {t(`finding.${key}.title`, {
          ...values,
          ...(typeof seconds === 'number' ? { time: durationText(seconds, locale) } : {}),
        } as never)}
      </strong>
      <Link href="/operations" prefetch={false}>
        {t('what_to_do')}
      </Link>
    </StatusStrip>
  ))
}
