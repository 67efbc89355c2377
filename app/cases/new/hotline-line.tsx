import { getTranslations } from 'next-intl/server'
import { readHotline } from '#app/_shell/hotline.ts'
import { Icon } from '#components/icon.tsx'
import { SendFailed } from './send-failed.tsx'

/** The number of the hotline, at the top of every page of a reporter. */
export async function HotlineLine() {
  const t = await getTranslations('report')
  const shell = await getTranslations('shell')
  const line = await readHotline()
  return (
    <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-m border border-line bg-raised px-3 py-1.5">
      <span>{t('call')}</span>
      <a
        href={line.href}
        aria-label={shell('hotlineCall', { number: line.display })}
        className="inline-flex min-h-11 items-center gap-2 text-xl font-bold whitespace-nowrap text-ink no-underline tabular-nums"
      >
        <Icon name="phone" className="size-[0.9em] text-accent" />
        {line.display}
      </a>
    </p>
  )
}

export async function FailedSending() {
  const t = await getTranslations('report')
  const shell = await getTranslations('shell')
  const line = await readHotline()
  return (
    <SendFailed
      line={line}
      words={{
        title: t('failed.title'),
        text: t('failed.text'),
        call: t('failed.call'),
        callAction: shell('hotlineCall', { number: line.display }),
        again: t('failed.again'),
        soon: t.raw('failed.soon'),
        stop: t('failed.stop'),
      }}
    />
  )
}
