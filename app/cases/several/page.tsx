import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Live } from '#app/_live/live-status.tsx'
import { LinkButton } from '#components/button.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Icon } from '#components/icon.tsx'
import { Notice } from '#components/notice.tsx'
import { type Line, queueLines } from '../_queue/lines.ts'
import { MOST_AT_ONCE } from '../commands/each.ts'
import { readReference } from '../rules/reference-number.ts'
import { ActForm } from './act-form.tsx'
import { SEVERAL_ACTS, severalPath } from './acts.ts'
import { readSeveral } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('queue.several'))('title') }
}

/** Several cases, one word for all of them; which cases and what is done stands in the address. */
export default async function SeveralPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const actor = await requireActor('cases.work')
  const asked = await searchParams
  const given = [...new Set([asked.c ?? []].flat().flatMap((one) => readReference(one) ?? []))]
  const chosen = given.slice(0, MOST_AT_ONCE)
  const now = new Date(requestTime())
  const t = await getTranslations('queue.several')
  const desk = await readSeveral(actor, chosen, now)
  const references = desk.rows.map(({ reference }) => reference)
  const first = desk.rows.some(({ state }) => state === 'received') ? 'acknowledge' : 'update'
  const act = SEVERAL_ACTS.find((one) => one === asked.do)
  // In the address, so that the form stays when what it did makes another one likelier.
  if (!act && references.length > 0) redirect(severalPath(references, first))
  const lines = await queueLines(desk.rows, actor.accountId, now, false)
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6">
        <a href="/cases" className="inline-flex min-h-9 items-center gap-1">
          <Icon name="left" /> {t('back')}
        </a>
        <Live cases={references} />
      </div>
      <h1 className="text-2xl">{t('heading', { count: references.length })}</h1>
      {references.length === 0 || !act ? (
        <EmptyState icon="filter" title={t('empty')}>
          {t('empty_text')}
        </EmptyState>
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,30rem)]">
          <div className="grid gap-3">
            {given.length > references.length && (
              <Notice tone="warn">{t('left_out', { count: given.length - references.length })}</Notice>
            )}
            <nav aria-label={t('acts')} className="flex flex-wrap gap-2">
              {SEVERAL_ACTS.map((one) => (
                <LinkButton
                  key={one}
                  href={severalPath(references, one)}
                  scroll={false}
                  aria-current={one === act ? 'page' : undefined}
                  kind={one === act ? 'primary' : 'secondary'}
                >
                  {t(`act.${one}`)}
                </LinkButton>
              ))}
            </nav>
            <section aria-labelledby="act-title" className="rounded-m border-2 border-accent bg-raised p-4">
              <h2 id="act-title" className="mb-2 text-xl">
                {t(`act.${act}`)}
              </h2>
              <ActForm key={act} act={act} desk={desk} actor={actor} now={now} />
            </section>
          </div>
          <section aria-labelledby="chosen">
            <h2 id="chosen" className="text-lg">
              {t('chosen')}
            </h2>
            <ul className="mt-1 grid gap-1.5">
              {lines.map((line) => (
                <Chosen
                  key={line.reference}
                  line={line}
                  without={severalPath(
                    references.filter((one) => one !== line.reference),
                    act,
                  )}
                />
              ))}
            </ul>
          </section>
        </div>
      )}
    </div>
  )
}

async function Chosen({ line, without }: { line: Line; without: string }) {
  const t = await getTranslations('queue.several')
  return (
    <li
      id={`case-${line.reference}`}
      tabIndex={-1}
      className="flex flex-wrap items-baseline justify-between gap-x-3 rounded-m border border-line bg-raised px-3 py-1.5"
    >
      <span className="min-w-0">
        <a href={`/cases/${line.reference}`} className="font-mono font-semibold whitespace-nowrap">
          {line.reference}
        </a>{' '}
        N{line.level} · <b>{line.numbers}</b> {line.symptom}
        <span className="block text-sm text-soft">
          {line.from} · {line.place} · {line.state}
          {line.due && ` · ${line.due.text}`}
          {line.who && ` · ${line.who.name}`}
          {line.incident && ` · ${line.incident}`}
        </span>
      </span>
      <a
        href={without}
        aria-label={t('remove_one', { reference: line.reference })}
        className="inline-flex min-h-9 items-center text-sm coarse:min-h-11"
      >
        {t('remove')}
      </a>
    </li>
  )
}
