'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Hint } from '#app/_live/connection.ts'
import { useAsked } from '#app/_live/use-asked.ts'
import { LinkButton } from '#components/button.tsx'
import { Icon } from '#components/icon.tsx'
import { callerName, intakePath } from '../caller-name.ts'
import type { CallLine } from '../queries.ts'

/**
 * Who calls, on the screen of the agent who answers: who it may be, his open cases, the questions one press away. What only
 * rings is one line, for all. It never takes the focus: somebody is typing.
 */
export function CallPop({ live }: { live: string }) {
  const t = useTranslations('call_pop')
  const [read] = useAsked<CallLine[]>(live, '/api/calls', isOfCalls)
  const calls = read ?? []
  const [away, setAway] = useState<ReadonlySet<number>>(new Set())

  const shown = calls.filter(({ id, mine }) => mine && !away.has(id))
  const rings = calls.filter(({ state }) => state === 'ringing')
  const words = { withheld: t('withheld'), several: t.raw('several') as string, unknown: t('unknown') }
  const [first] = rings
  return (
    <aside
      aria-label={t('label')}
      className="pointer-events-none fixed right-3 bottom-3 z-30 grid w-96 max-w-[calc(100vw-1.5rem)] gap-2 print:hidden"
    >
      <div aria-live="polite" className="grid gap-2">
        {shown.slice(0, 1).map((call) => (
          <section
            key={call.id}
            data-call-pop
            className="pointer-events-auto grid gap-2 rounded-m border-2 border-accent bg-raised p-3 shadow-over"
          >
            <div className="flex items-start justify-between gap-2">
              <h2 className="text-lg">
                <Icon name="phone" className="mr-1 inline size-5" />
                {callerName(call, words)}
              </h2>
              <button
                type="button"
                className="min-h-8 min-w-8 text-soft coarse:min-h-11 coarse:min-w-11"
                onClick={() => setAway(new Set([...away, call.id]))}
              >
                <span className="sr-only">{t('away')}</span>
                <span aria-hidden="true">×</span>
              </button>
            </div>
            <p className="tabular-nums">
              {call.number}{' '}
              <span className="text-soft">
                {call.callers.length === 1 &&
                  [call.callers[0]?.contact, call.callers[0]?.post].filter(Boolean).join(', ')}
              </span>
            </p>
            {call.callers.length > 1 && (
              <ul className="grid gap-1 text-sm">
                {call.callers.map((one) => (
                  <li key={one.key}>
                    <Link href={`/cases/new?channel=phone&reporter=${one.key}`} prefetch={false}>
                      {one.organisation}
                    </Link>{' '}
                    <span className="text-soft">{[one.contact, one.post].filter(Boolean).join(', ')}</span>
                  </li>
                ))}
              </ul>
            )}
            {call.callers.some((one) => one.open.length > 0) && (
              <p className="text-sm">
                {t('open')}{' '}
                {call.callers
                  .flatMap((one) => one.open)
                  .map((reference) => (
                    <Link
                      key={reference}
                      href={`/cases/${reference}`}
                      prefetch={false}
                      className="mr-2 whitespace-nowrap"
                    >
                      {reference}
                    </Link>
                  ))}
              </p>
            )}
            <LinkButton href={intakePath(call)} kind="primary">
              {t('take')}
            </LinkButton>
          </section>
        ))}
        {first && (
          <p
            data-call-rings
            className="pointer-events-auto rounded-m border border-edge bg-raised px-3 py-2 text-sm shadow-over"
          >
            {t('rings', { count: rings.length })} <strong>{callerName(first, words)}</strong>{' '}
            <Link href="/calls?view=now" prefetch={false}>
              {t('list')}
            </Link>
          </p>
        )}
      </div>
    </aside>
  )
}

function isOfCalls({ events }: Hint): boolean {
  return events.some((event) => event.startsWith('call.'))
}
