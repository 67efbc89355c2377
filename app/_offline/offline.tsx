'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { atText } from '#app/_i18n/time.ts'
import { useHotline } from '#app/_shell/hotline-context.tsx'
import { Notice } from '#components/notice.tsx'
import { WaitingReports } from './waiting-reports.tsx'
import { askWorker, isShared, type Waiting } from './worker.ts'

/** Kept on the device for whoever reads: `owner` is nobody before a sign-in. */
export type Reader = {
  owner: string | null
  pages: string[]
  /** Where a report goes when this address does not answer, and what is shown there. */
  second: { address: string; ticket: string } | null
}

const EVERY_MS = 30_000

/**
 * Once a page: lets the worker of this site keep what opens without a network, says that a page is an old one, and shows what
 * waits to be sent.
 */
export function Offline({ build, reader }: { build: string; reader: Reader }) {
  const t = useTranslations('offline')
  const locale = useLocale()
  const { display = '', href = '' } = useHotline() ?? {}
  const [reports, setReports] = useState<Waiting[]>([])
  const [readAt, setReadAt] = useState<string | null>(null)
  /** Told to the worker: once for each time the service says who reads. */
  const said = useRef<Reader | null>(null)

  useEffect(() => {
    const keptAt = document.documentElement.dataset.kept ?? null
    setReadAt(keptAt)
    // Of a page that was read long ago the worker knows more than it.
    if (keptAt) said.current ??= reader
    const { serviceWorker } = navigator
    if (!serviceWorker) return
    const ask = async (what: 'about' | 'send', more?: object) => {
      const known = await askWorker<Waiting[]>(what, { owner: reader.owner, ...more })
      if (known) setReports(known)
    }
    const about = () => {
      const again = said.current === reader
      if (serviceWorker.controller) said.current = reader
      void ask('about', {
        ...reader,
        again,
        locale,
        shared: isShared(),
        away: {
          title: t('away.title'),
          text: t('away.text', { number: display }),
          links: [
            ...(href ? [[href, t('away.call', { number: display })]] : []),
            ...reader.pages.map((page) => [page, t(`away.page.${PAGE_WORDS[page] ?? 'other'}`)]),
          ],
        },
      })
    }
    const send = () => {
      if (!document.hidden) void ask('send')
    }
    const told = ({ data }: MessageEvent<{ reports?: Waiting[] }>) => data.reports && setReports(data.reports)
    serviceWorker.addEventListener('message', told)
    serviceWorker.addEventListener('controllerchange', about)
    window.addEventListener('online', about)
    document.addEventListener('visibilitychange', send)
    const timer = setInterval(send, EVERY_MS)
    // The page first: what it needs to be read and sent must not wait for this.
    const start = () =>
      void serviceWorker.register(`/service-worker.js?build=${build}`).then(about, () => undefined)
    if (document.readyState === 'complete') start()
    else window.addEventListener('load', start, { once: true })
    return () => {
      serviceWorker.removeEventListener('message', told)
      serviceWorker.removeEventListener('controllerchange', about)
      window.removeEventListener('online', about)
      document.removeEventListener('visibilitychange', send)
      window.removeEventListener('load', start)
      clearInterval(timer)
    }
  }, [build, reader, locale, t, display, href])

  return (
    <>
      {readAt && (
        <div className="mb-4" data-kept-page>
          <Notice
            live
            tone="danger"
            title={t('page.title', {
              hour: atText(new Date(readAt), { now: new Date(), locale: locale as 'fr' }),
            })}
          >
            <p>{t('page.text')}</p>
          </Notice>
        </div>
      )}
      <WaitingReports reports={reports} owner={reader.owner} onChange={setReports} />
    </>
  )
}

const PAGE_WORDS: Record<string, 'report' | 'my' | 'queue'> = {
  '/cases/new': 'report',
  '/my': 'my',
  '/cases': 'queue',
}
