'use client'

import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { atText } from '#app/_i18n/time.ts'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { Sheet } from './sheet.tsx'
import { askWorker, type KeptReport, type Waiting } from './worker.ts'

const TONES = {
  waiting: 'warn',
  signed_out: 'warn',
  refused: 'danger',
  unreadable: 'danger',
  sent: 'ok',
} as const

/** What waits on this device to be sent, and what became of it. Those of another person are counted, and shown to nobody. */
export function WaitingReports({
  reports,
  owner,
  onChange,
}: {
  reports: Waiting[]
  owner: string | null
  onChange: (reports: Waiting[]) => void
}) {
  const t = useTranslations('offline')
  const locale = useLocale() as 'fr' | 'en'
  const [sheet, setSheet] = useState<KeptReport | null>(null)
  const mine = reports.filter((report) => report.owner === owner)
  const others = reports.filter((report) => report.owner !== owner && report.state !== 'sent').length
  if (mine.length === 0 && others === 0) return null
  const ask = async (what: string, id: string) => {
    const left = await askWorker<Waiting[]>(what, { id, owner })
    if (left) onChange(left)
  }
  const open = (id: string) => askWorker<KeptReport>('open', { id, owner })
  return (
    <section aria-label={t('waiting.title')} className="mb-4 grid gap-2" data-waiting={mine.length}>
      {mine.map(({ id, state, why, reference, writtenAt }) => {
        const hour = atText(new Date(writtenAt), { now: new Date(), locale })
        return (
          <Notice
            key={id}
            live
            tone={TONES[state]}
            title={t(`waiting.${state}`, { hour, reference: reference ?? '' })}
            actions={
              state === 'sent' || state === 'unreadable' ? (
                <Button type="button" kind="quiet" size="dense" onClick={() => ask('remove', id)}>
                  {t('waiting.seen')}
                </Button>
              ) : (
                <>
                  <Button type="button" size="dense" onClick={() => ask('send', id)}>
                    {t('waiting.send')}
                  </Button>
                  <Button type="button" kind="quiet" size="dense" onClick={() => open(id).then(save)}>
                    {t('waiting.save')}
                  </Button>
                  <Button type="button" kind="quiet" size="dense" onClick={() => open(id).then(setSheet)}>
                    {t('waiting.print')}
                  </Button>
                </>
              )
            }
          >
            {state === 'sent' ? (
              <Link href={`/my/${reference}`} prefetch={false}>
                {t('waiting.read')}
              </Link>
            ) : (
              <p>{why ?? t(`waiting.hint.${state}`)}</p>
            )}
          </Notice>
        )
      })}
      {others > 0 && <Notice tone="warn">{t('waiting.others', { count: others })}</Notice>}
      {sheet && <Sheet report={sheet} onPrinted={() => setSheet(null)} />}
    </section>
  )
}

/** As a file to carry to a machine that has a network. */
function save(report: KeptReport | null): void {
  if (!report) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(report, null, 1)], { type: 'application/json' }))
  link.download = `permanence-${report.id.slice(0, 8)}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
